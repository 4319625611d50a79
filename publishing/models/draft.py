"""Work in progress: saves of drafts, autosaves of forms, presence in forms, saved filters."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.fields.columns import PackedField, refuse_invisible
from publishing.models.proposal import Proposal


class DraftVersion(models.Model):
    """One save of a draft, so that a later save that started from it can be merged."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    snapshot = PackedField(_("snapshot"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(_("saved at"), auto_now_add=True)

    class Meta:
        verbose_name = _("save of a draft")
        verbose_name_plural = _("saves of drafts")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "number"], name="draft_version_is_unique_in_its_proposal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.number}"


class FormAutosave(models.Model):
    """What a person has typed into a form and not saved yet, field by field as the browser sent it.

    token: that of the opened form; title: what was typed as that of the entry; where the desk has read them.
    """

    token = title = ""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The form: the key of a proposal or an entry, or "add:" and a kind, or "texts:" with an entry and a
    # language; then the token of the opened form.
    form_key = models.CharField(max_length=60)
    fields = PackedField()
    typed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved text")
        constraints = [
            models.UniqueConstraint(fields=["by", "form_key"], name="autosave_is_unique_for_person_and_form")
        ]

    def __str__(self) -> str:
        return f"{self.by_id} at {self.form_key}"


class SentForm(models.Model):
    """A form that a person has sent, and what it was answered with, for when it is sent a second time."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Of all that was sent, with the token that the opened form has.
    content_digest = models.CharField(max_length=64)
    # That token, for forms of entries and texts.
    token = models.CharField(max_length=22, blank=True, default="")
    # The address that it led to, or the page of a popup that closes itself.
    address = models.CharField(max_length=1000, blank=True, default="")
    page = models.TextField(blank=True, default="")
    # The HTML of what it was told at that address: that all is saved.
    told = models.TextField(blank=True, default="")
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")
        constraints = [
            models.UniqueConstraint(fields=["by", "content_digest"], name="sent_form_is_answered_once")
        ]
        indexes = [models.Index(fields=["by", "token"], name="form_what_it_made")]

    def __str__(self) -> str:
        return f"{self.by_id} {self.content_digest[:8]}"


class Practised(models.Model):
    """What a person did with the entries for practice that they threw away."""

    by = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    has_saved = models.BooleanField(default=False)
    has_commented = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.by_id}"


class Presence(models.Model):
    """A person who has a form open, and when they were last seen there."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form_key = models.CharField(max_length=60)
    # Since when, without having been away in between.
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["by", "form_key"], name="presence_is_unique_for_person_and_form")
        ]
        indexes = [models.Index(fields=["form_key", "seen_at"], name="form_who_else_is_here")]

    def __str__(self) -> str:
        return f"{self.by_id} at {self.form_key}"


class SavedFilter(models.Model):
    """The filters of a list of the desk, saved under a name, for one person or for all."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The list: the name of its address, as "cases_case".
    list_name = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=80, validators=[refuse_invisible])
    query = models.CharField(max_length=1000, blank=True)
    is_shared = models.BooleanField(_("for everyone at the desk"), default=False)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["by", "list_name", "name"], name="saved_filter_has_its_own_name")
        ]

    def __str__(self) -> str:
        return self.name
