"""Carry out what is due: scheduled publishing, and sweeping up what nobody came back for."""

import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from publishing import jobs

EVERY = 15  # seconds


class Command(BaseCommand):
    """The worker: one job after the other, then a pause, until it is told to stop."""

    help = "Carry out what is due, again and again; with --once, once, as cron would have it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once, or until stopped."""
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument("--with-parent", type=int, help="end when the parent, of this number, has ended")

    def handle(self, *args: Any, once: bool = False, with_parent: int | None = None, **options: Any) -> None:
        """Do what is due; a job that fails is told and tried again at the next turn."""
        stopped = threading.Event()
        if not once:
            for told_to_stop in (signal.SIGINT, signal.SIGTERM):
                signal.signal(told_to_stop, lambda *_: stopped.set())
        while True:
            for line in jobs.run_jobs(timezone.now()):
                self.stdout.write(line)
            self.stdout.flush()
            if once:
                return
            close_old_connections()
            if _is_over(stopped, with_parent):
                return


def _is_over(stopped: threading.Event, parent: int | None) -> bool:
    """Wait for the next turn; whether there is none."""
    return any(stopped.wait(1) or parent not in (None, os.getppid()) for _second in range(EVERY))
