"""What the worker does for contributions when it is due."""

import datetime
import logging
from collections.abc import Iterator

from contributions import actions

log = logging.getLogger(__name__)


def put_back_left(now: datetime.datetime) -> Iterator[str]:
    """What a moderator began to improve and has left."""
    if count := actions.put_back_left(now):
        yield f"contributions: {count} given back to the queue"


def tell_senders(now: datetime.datetime) -> Iterator[str]:
    """News for those who gave an address."""
    if count := actions.tell_senders():
        yield f"contributions: {count} senders written to"


def tell_moderators(now: datetime.datetime) -> Iterator[str]:
    """News of what came in, for moderators who wish it."""
    if count := actions.tell_moderators(now):
        yield f"contributions: {count} letters to moderators"


def look_at_links(now: datetime.datetime) -> Iterator[str]:
    """The links that senders gave, before a moderator follows them."""
    if count := actions.look_at_links():
        yield f"contributions: {count} links looked at"


def erase_personal_data(now: datetime.datetime) -> Iterator[str]:
    """What says who sent a contribution, after its time."""
    if count := actions.erase_due(now):
        yield f"contributions: personal data of {count} erased"


def sweep_up(now: datetime.datetime) -> Iterator[str]:
    """Tallies, spent tokens and keys whose time is over."""
    if count := actions.sweep(now):
        log.info("swept %d rows", count)
    yield from ()
