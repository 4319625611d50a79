"""Approvals by a first moderator, before a second one publishes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models import Proposal


class Approval(models.Model):
    """A first moderator approved this version of the proposal; rows are added and never changed."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="approvals", verbose_name=_("proposal")
    )
    version = models.PositiveIntegerField(_("version"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    approved_at = models.DateTimeField(_("approved at"), auto_now_add=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["approved_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "version", "by"], name="approval_is_given_once_by_each_moderator"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.version}"
