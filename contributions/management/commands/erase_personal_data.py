"""Erase personal data of contributions that is past its time."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from contributions.abuse import rate_limits
from contributions.actions import erasing


class Command(BaseCommand):
    """Does what the worker also does, for sites that run no worker."""

    help = "Erase what says who sent a contribution, CONTRIBUTION_DAYS after it was decided."

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, and write how many contributions that were."""
        now = timezone.now()
        self.stdout.write(f"Personal data of {erasing.erase_due(now)} contributions erased.")
        rate_limits.delete_expired(now)
