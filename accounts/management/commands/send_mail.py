"""Send the queued mail."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.outbox import send_due

PAUSE_SECONDS = 5


class Command(BaseCommand):
    """Sends the mail that is due, every few seconds until it is stopped."""

    help = "Send the mail that waits."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds --once."""
        parser.add_argument("--once", action="store_true", help="send what is due now, and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        """Write how many were sent and how many wait."""
        if not settings.EMAIL_BACKEND:
            self.stdout.write("EMAIL_URL is not set: mail waits until it is. See config/environment.example.")
        while True:
            sent, waiting = send_due()
            if sent or waiting or once:
                self.stdout.write(f"{sent} sent, {waiting} waiting.")
            if once:
                return
            time.sleep(PAUSE_SECONDS)
