"""Run the jobs that are due, such as scheduled publishing and the deletion of expired autosaves."""

import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from publishing import jobs

EVERY = 15  # seconds


class Command(BaseCommand):
    """The worker: runs all jobs, then pauses, until it is stopped."""

    help = "Carry out what is due, again and again; with --once, once, as cron would have it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to run once, and when to end."""
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument("--with-parent", type=int, help="end when the parent, of this number, has ended")

    def handle(self, *args: Any, once: bool = False, with_parent: int | None = None, **options: Any) -> None:
        """Run the jobs; one that fails is reported and runs again in the next round."""
        stopped = threading.Event()
        if not once:
            for stop_signal in (signal.SIGINT, signal.SIGTERM):
                signal.signal(stop_signal, lambda *_: stopped.set())
        while True:
            for line in jobs.run_jobs(timezone.now()):
                # What it says names entries; the log has the same by their keys.
                if settings.LOG_FORMAT == "lines":
                    self.stdout.write(line)
            self.stdout.flush()
            if once:
                return
            close_old_connections()
            if _must_stop(stopped, with_parent):
                return


def _must_stop(stopped: threading.Event, parent: int | None) -> bool:
    """Wait for the next round; True when the worker must end instead."""
    return any(stopped.wait(1) or parent not in (None, os.getppid()) for _second in range(EVERY))
