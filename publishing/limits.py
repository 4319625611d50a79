"""How much one network may take in a minute; counted in the cache, which all serving processes share.

A network is stored as a digest that is keyed with the secret of the site and the day: nobody reads an
address from it, and tomorrow it is another.
"""

import importlib
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from publishing.networks import network_of

log = logging.getLogger(__name__)

MINUTE = 60


def digest_of(request: HttpRequest) -> str:
    """What the network of the request is counted under today."""
    try:
        network = network_of(request)
    except PermissionDenied:
        # A proxy in front that does not say whom it answers.
        network = "unknown"
    text = f"{timezone.now():%Y-%m-%d} {network}"
    return salted_hmac("publishing.limits", text, algorithm="sha256").hexdigest()[:32]


@dataclass(frozen=True)
class Allowance:
    """What is left of a minute. seconds: until the next begins."""

    limit: int
    left: int
    seconds: int

    @property
    def is_exceeded(self) -> bool:
        """Whether this request is one too many."""
        return self.left < 0

    @property
    def policy(self) -> str:
        """The limit as the header RateLimit-Policy says it."""
        return f'"minute";q={self.limit};w={MINUTE}'

    @property
    def header(self) -> str:
        """What is left as the header RateLimit says it."""
        return f'"minute";r={max(self.left, 0)};t={self.seconds}'


def errors_of_redis() -> tuple[type[Exception], ...]:
    """The errors of the client, which is loaded where counts are stored in Redis."""
    if "redis" not in settings.CACHES["default"]["BACKEND"]:
        return (OSError,)
    redis: Any = importlib.import_module("redis.exceptions")
    return (OSError, redis.RedisError)


# Where counts are stored, nothing can be stored or read now: the disk is full, or Redis is away.
CANNOT_COUNT: tuple[type[Exception], ...] = (OperationalError, *errors_of_redis())


def counted(request: HttpRequest, what: str, limit: int) -> Allowance:
    """What was counted for the network of the request in this minute."""
    minute, seconds = _minute()
    total = 0
    with going_on_uncounted():
        total = int(cache.get(_key(request, what, minute), 0))
    return Allowance(limit, limit - total, seconds)


def count(request: HttpRequest, what: str, number: int, limit: int) -> Allowance:
    """Count so much of something for the network of the request, in this minute."""
    minute, seconds = _minute()
    total = number
    with going_on_uncounted():
        total = _add(_key(request, what, minute), number)
    return Allowance(limit, limit - total, seconds)


@contextmanager
def going_on_uncounted() -> Iterator[None]:
    """Who reads goes on reading where nothing can be counted."""
    try:
        yield
    except CANNOT_COUNT as error:
        log.warning("not counted, and so not limited: %s", error)


def _add(key: str, number: int) -> int:
    """The count with so much more."""
    if cache.add(key, number, 2 * MINUTE):
        return number
    try:
        return cache.incr(key, number)
    except ValueError:
        # It went meanwhile: there was no room for all that is counted.
        cache.set(key, number, 2 * MINUTE)
        return number


def _minute() -> tuple[int, int]:
    """The number of this minute, and the seconds until the next."""
    now = time.time()
    minute = int(now // MINUTE)
    return minute, max(1, int((minute + 1) * MINUTE - now))


def _key(request: HttpRequest, what: str, minute: int) -> str:
    return f"{what}:{minute}:{digest_of(request)}"
