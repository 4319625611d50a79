"""Jobs of the worker for accounts."""

import datetime
from collections.abc import Iterator

from accounts.outbox import send_due


def send_mail(now: datetime.datetime) -> Iterator[str]:
    """Send the queued mail that is due."""
    sent, waiting = send_due()
    if sent or waiting:
        yield f"mail: {sent} sent, {waiting} to be tried again"
