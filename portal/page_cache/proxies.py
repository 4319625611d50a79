"""What a proxy in front is told: how long it may send what it keeps, and that something has changed."""

import http.client
import logging
import urllib.request
from functools import cache

from django.conf import settings

log = logging.getLogger(__name__)

# Seconds for which a proxy sends a page without asking: those that are told of every change, and all others.
WHEN_TOLD, OTHERWISE = 600, 1
# Seconds for which a proxy goes on with what it has where the casebook does not answer.
IF_AWAY = 24 * 60 * 60
MAX_WAIT = 1.0


@cache
def cache_control() -> str:
    """The header Cache-Control of a kept page: browsers ask each time, which costs a header."""
    seconds = WHEN_TOLD if settings.PURGE_URL else OTHERWISE
    return f"public, max-age=0, s-maxage={seconds}, stale-if-error={IF_AWAY}"


def purge() -> None:
    """Let the proxy forget all pages, where the settings say how; what it misses ends after WHEN_TOLD."""
    if not settings.PURGE_URL:
        return
    request = urllib.request.Request(settings.PURGE_URL, method="PURGE")  # noqa: S310 (an address of the settings)
    try:
        with urllib.request.urlopen(request, timeout=MAX_WAIT):  # noqa: S310
            pass
    except (OSError, http.client.HTTPException) as error:
        log.warning("the proxy in front cannot be told that pages have changed: %s", error)
