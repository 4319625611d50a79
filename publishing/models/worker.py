"""When the worker ran, so that somebody notices when it does not."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkerTurn(models.Model):
    """The single row with the end of the worker's last turn, to about a minute."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    ended_at = models.DateTimeField(_("ended at"))

    class Meta:
        verbose_name = _("turn of the worker")
        verbose_name_plural = _("turns of the worker")
        constraints = [models.CheckConstraint(name="worker_turn_is_the_only_one", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"{self.ended_at:%Y-%m-%d %H:%M}"
