"""How much one network may take in a minute; counted in the cache, which all serving processes share.

A network is stored as a digest that is keyed with the secret of the site and the day: nobody reads an
address from it, and tomorrow it is another.
"""

import time
from dataclasses import dataclass

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from publishing.networks import network_of

MINUTE = 60


def digest_of(request: HttpRequest) -> str:
    """What the network of the request is counted under today."""
    try:
        network = network_of(request)
    except PermissionDenied:
        # A proxy in front that does not say whom it answers.
        network = "unknown"
    said = f"{timezone.now():%Y-%m-%d} {network}"
    return salted_hmac("publishing.limits", said, algorithm="sha256").hexdigest()[:32]


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
    def said(self) -> str:
        """What is left as the header RateLimit says it."""
        return f'"minute";r={max(self.left, 0)};t={self.seconds}'


def count(request: HttpRequest, what: str, number: int, limit: int) -> Allowance:
    """Count so much of something for the network of the request, in this minute."""
    now = time.time()
    minute = int(now // MINUTE)
    key = f"{what}:{minute}:{digest_of(request)}"
    counted = number
    if not cache.add(key, number, 2 * MINUTE):
        try:
            counted = cache.incr(key, number)
        except ValueError:
            # It went meanwhile: there was no room for all that is counted.
            cache.set(key, number, 2 * MINUTE)
    return Allowance(limit, limit - counted, max(1, int((minute + 1) * MINUTE - now)))
