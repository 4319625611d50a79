"""Jobs of the worker for contributions."""

import datetime
import logging
from collections.abc import Iterator

from contributions.abuse import rate_limits
from contributions.actions import checking_links, erasing, improving, notices, notifying

log = logging.getLogger(__name__)


def return_abandoned(now: datetime.datetime) -> Iterator[str]:
    """Return drafts that a moderator has abandoned to the queue."""
    if count := improving.return_abandoned(now):
        yield f"contributions: {count} given back to the queue"


def notify_senders(now: datetime.datetime) -> Iterator[str]:
    """Queue mails for senders who gave an address."""
    if count := notifying.notify_senders():
        yield f"contributions: {count} senders written to"


def notify_moderators(now: datetime.datetime) -> Iterator[str]:
    """Queue mails about new contributions for moderators who want them."""
    if count := notices.notify_moderators(now):
        yield f"contributions: {count} letters to moderators"


def check_links(now: datetime.datetime) -> Iterator[str]:
    """Check the links that senders gave."""
    if count := checking_links.check_links():
        yield f"contributions: {count} links looked at"


def erase_personal_data(now: datetime.datetime) -> Iterator[str]:
    """Erase personal data that is past its time."""
    if count := erasing.erase_due(now):
        yield f"contributions: personal data of {count} erased"


def delete_expired(now: datetime.datetime) -> Iterator[str]:
    """Delete expired counters, tokens and keys."""
    if count := rate_limits.delete_expired(now):
        log.info("swept %d rows", count)
    yield from ()
