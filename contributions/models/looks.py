"""How the links answered that senders gave for their sources."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contributions.models.contribution import Contribution
from publishing.fields.columns import in_vocabulary, vocabulary_field
from sources.vocabulary import DEAD, LinkResult


class SentLinkCheck(models.Model):
    """The one look that the worker took at the link of a contribution, before a moderator follows it."""

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="link_check")
    checked_at = models.DateTimeField(_("checked"))
    result = vocabulary_field(LinkResult, _("result"))
    status_code = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)

    class Meta:
        verbose_name = _("check of a sent link")
        verbose_name_plural = _("checks of sent links")
        constraints = [
            in_vocabulary("sent_link_check_result_is_in_vocabulary", "result", LinkResult),
            models.CheckConstraint(
                name="sent_link_check_status_is_from_100_to_599",
                condition=models.Q(status_code=None) | models.Q(status_code__range=(100, 599)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.result}"

    @property
    def is_dead(self) -> bool:
        """The link led nowhere."""
        return self.result in DEAD
