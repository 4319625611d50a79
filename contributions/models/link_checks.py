"""Checks of the links that senders gave as sources."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contributions.models.contribution import Contribution
from publishing.fields.columns import in_vocabulary, vocabulary_field
from sources.vocabulary import DEAD, LinkResult


class SentLinkCheck(models.Model):
    """The one check of the link of a contribution, made by the worker before a moderator opens it."""

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
        """Whether the link does not work."""
        return self.result in DEAD
