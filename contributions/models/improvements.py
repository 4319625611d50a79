"""What a sender sent, stored before a moderator edits it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contributions.models.contribution import Contribution
from publishing.fields.columns import PackedField
from publishing.models import Revision


class Improvement(models.Model):
    """A contribution that a moderator edits as a draft: what was sent, as it was before."""

    contribution = models.OneToOneField(
        Contribution,
        on_delete=models.PROTECT,
        related_name="improvement",
        verbose_name=_("proposal from the public"),
    )
    snapshot = PackedField()
    base = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    # The proposal's note, its language and the class of change.
    said = PackedField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    begun_at = models.DateTimeField(_("begun at"), auto_now_add=True)

    class Meta:
        verbose_name = _("improvement")
        verbose_name_plural = _("improvements")
        ordering = ["begun_at", "pk"]

    def __str__(self) -> str:
        return str(self.contribution_id)

    @property
    def base_snapshot(self) -> dict | None:
        """The snapshot that it started from; None for a new entry."""
        return self.base.snapshot if self.base else None
