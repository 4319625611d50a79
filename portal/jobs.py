"""What the portal gives the worker: the cards of entries that were published."""

import datetime
import logging
from collections.abc import Iterator

from portal.cards import files

log = logging.getLogger(__name__)


def draw_cards(now: datetime.datetime) -> Iterator[str]:
    """Draw the cards of what was published since; yields nothing."""
    if drawn := files.draw_new():
        log.info("drew the cards of %d entries", drawn)
    yield from ()
