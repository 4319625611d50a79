"""What editors say to each other about a field while they write, and who watches an entry; never public."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.fields.columns import refuse_invisible_in_prose
from publishing.models.entry import Entry
from publishing.models.proposal import Proposal


class ThreadQuerySet(models.QuerySet):
    """Threads, by what they are about."""

    def about(self, entry: Entry | None, draft: Proposal | None = None) -> "ThreadQuerySet":
        """Those about the entry, also from before it was published; without an entry, about a new draft."""
        if entry is None:
            return self.filter(proposal=draft)
        return self.filter(Q(entry=entry.pk) | Q(proposal__revision__entry=entry.pk))

    def open(self) -> "ThreadQuerySet":
        """Those that nobody has resolved."""
        return self.filter(resolved_at=None)


class FieldThread(models.Model):
    """A thread of comments on one field or row of an entry, or on the whole entry.

    It is about an entry, or about the draft of one that was not published yet.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, null=True, related_name="field_threads", verbose_name=_("entry")
    )
    proposal = models.ForeignKey(
        Proposal,
        on_delete=models.CASCADE,
        null=True,
        related_name="field_threads",
        verbose_name=_("proposal"),
    )
    # The field, as "provision/<key>/text_en"; empty for the entry as a whole.
    path = models.CharField(max_length=200, blank=True, default="")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    resolved_at = models.DateTimeField(_("resolved at"), null=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread at a field")
        verbose_name_plural = _("threads at fields")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="thread_is_about_an_entry_or_a_draft",
                condition=Q(entry__isnull=False, proposal=None) | Q(entry=None, proposal__isnull=False),
            ),
            models.CheckConstraint(
                name="thread_was_resolved_at_some_time_by_somebody",
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id or self.proposal_id} {self.path}"


class FieldComment(models.Model):
    """One comment of a thread."""

    thread = models.ForeignKey(FieldThread, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(_("comment"), max_length=2000, validators=[refuse_invisible_in_prose])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(_("said at"), auto_now_add=True)

    class Meta:
        verbose_name = _("comment on a field")
        verbose_name_plural = _("comments on fields")
        ordering = ["said_at", "pk"]
        constraints = [models.CheckConstraint(name="field_comment_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text[:80]


class Watch(models.Model):
    """A person who gets mail when somebody else changes an entry or comments on it."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="watches")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        constraints = [models.UniqueConstraint(fields=["by", "entry"], name="entry_is_watched_once_by_each")]

    def __str__(self) -> str:
        return f"{self.by_id} {self.entry_id}"
