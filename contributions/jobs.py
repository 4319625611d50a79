"""What the worker does for contributions when it is due."""

import datetime
import logging
from collections.abc import Iterator

from contributions.abuse import rate_limits
from contributions.actions import checking_links, erasing, improving, notices, notifying

log = logging.getLogger(__name__)


def return_abandoned(now: datetime.datetime) -> Iterator[str]:
    """What a moderator began to improve and has left."""
    if count := improving.return_abandoned(now):
        yield f"contributions: {count} given back to the queue"


def tell_senders(now: datetime.datetime) -> Iterator[str]:
    """News for those who gave an address."""
    if count := notifying.tell_senders():
        yield f"contributions: {count} senders written to"


def tell_moderators(now: datetime.datetime) -> Iterator[str]:
    """News of what came in, for moderators who wish it."""
    if count := notices.tell_moderators(now):
        yield f"contributions: {count} letters to moderators"


def check_links(now: datetime.datetime) -> Iterator[str]:
    """The links that senders gave, before a moderator follows them."""
    if count := checking_links.check_links():
        yield f"contributions: {count} links looked at"


def erase_personal_data(now: datetime.datetime) -> Iterator[str]:
    """What says who sent a contribution, after its time."""
    if count := erasing.erase_due(now):
        yield f"contributions: personal data of {count} erased"


def delete_expired(now: datetime.datetime) -> Iterator[str]:
    """Tallies, spent tokens and keys whose time is over."""
    if count := rate_limits.delete_expired(now):
        log.info("swept %d rows", count)
    yield from ()
