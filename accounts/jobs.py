"""What the worker does for accounts when it is due."""

import datetime
from collections.abc import Iterator

from accounts.outbox import send_due


def send_mail(now: datetime.datetime) -> Iterator[str]:
    """The mail that waits."""
    sent, waiting = send_due()
    if sent or waiting:
        yield f"mail: {sent} sent, {waiting} to be tried again"
