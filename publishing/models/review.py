"""Comments and decisions of reviewers, and links to previews of proposals."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.fields.columns import in_vocabulary, refuse_invisible_in_prose, vocabulary_field
from publishing.models.proposal import Proposal
from publishing.vocabulary import Reason, Verdict


class Comment(models.Model):
    """A comment on a proposal, or on one change in it; never public."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="comments")
    # The change, as "provision/<key>/text_en"; empty for the proposal as a whole.
    path = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField(_("comment"), max_length=2000, validators=[refuse_invisible_in_prose])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(_("said at"), auto_now_add=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["said_at", "pk"]
        constraints = [models.CheckConstraint(name="comment_says_something", condition=~models.Q(text=""))]

    def __str__(self) -> str:
        return self.text[:80]


class Decision(models.Model):
    """A decision about one change of a proposal; decisions are added and never changed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="decisions")
    path = models.CharField(_("change"), max_length=200)
    verdict = vocabulary_field(Verdict, _("verdict"))
    reason = vocabulary_field(Reason, _("reason"), blank=True, default="")
    public_note = models.TextField(_("note to the author"), blank=True, default="")
    internal_note = models.TextField(_("note for moderators"), blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), auto_now_add=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["decided_at", "pk"]
        constraints = [
            in_vocabulary("decision_verdict_is_in_vocabulary", "verdict", Verdict),
            in_vocabulary("decision_reason_is_in_vocabulary", "reason", Reason, optional=True),
            models.CheckConstraint(
                name="decision_to_decline_gives_a_reason",
                condition=~models.Q(verdict=Verdict.DECLINED) | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path}: {self.verdict}"

    @property
    def own_note(self) -> str:
        """The note to the author, or "" where it only repeats the reason."""
        return "" if self.public_note == f"{self.get_reason_display()}." else self.public_note


class PreviewLink(models.Model):
    """A link that shows a proposal to a person without an account, until it expires."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="preview_links")
    # Only a digest: whoever reads the database cannot open the link.
    token_digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.proposal_id} until {self.expires_at:%Y-%m-%d}"
