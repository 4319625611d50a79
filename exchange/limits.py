"""How much one network may take away at once; counted in the cache, which all serving processes share."""

import time
from collections.abc import Iterator

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from publishing.limits import Allowance, count, digest_of, going_on_uncounted

# A slot of whoever died with it is free again after so many seconds; who goes on says so.
SECONDS_OF_A_SLOT = 120


def count_request(request: HttpRequest, number: int = 1) -> Allowance:
    """Count a request of this minute. number: for so many, where one asks as much as several."""
    return count(request, "exchange:requests", number, settings.DATA_LIMITS["requests_in_a_minute"])


class NoSlot(Exception):
    """As many are being made as may be. of_all: for everybody, and not only for one network."""

    def __init__(self, *, of_all: bool) -> None:
        super().__init__()
        self.of_all = of_all


class Slots:
    """The slots of a download among those that run now: one of its network, one of all. Raises NoSlot."""

    def __init__(self, request: HttpRequest) -> None:
        limits, own = settings.DATA_LIMITS, digest_of(request)
        self._taken: list[str] = []
        with going_on_uncounted():
            self._take(f"exchange:downloads:{own}", limits["downloads_at_once"], of_all=False)
            self._take("exchange:downloads", limits["downloads_at_once_of_all"], of_all=True)

    def _take(self, name: str, number: int, *, of_all: bool) -> None:
        for slot in range(number):
            key = f"{name}:{slot}"
            if cache.add(key, True, SECONDS_OF_A_SLOT):
                self._taken.append(key)
                return
        self.free()
        raise NoSlot(of_all=of_all)

    def keep(self) -> None:
        """Note that it goes on, so that its slots do not expire."""
        with going_on_uncounted():
            for key in self._taken:
                cache.touch(key, SECONDS_OF_A_SLOT)

    def free(self) -> None:
        """Leave the slots to others."""
        with going_on_uncounted():
            for key in self._taken:
                cache.delete(key)
        self._taken = []


class InSlots:
    """A body that is sent, which frees its slots when it is made or nobody wants it any longer."""

    def __init__(self, body: Iterator[bytes], slots: Slots) -> None:
        self._body, self._slots, self._kept_at = body, slots, time.monotonic()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if time.monotonic() - self._kept_at > SECONDS_OF_A_SLOT / 4:
            self._slots.keep()
            self._kept_at = time.monotonic()
        return next(self._body)

    def close(self) -> None:
        """End it: its server says so when it was made, when it failed, and when its reader went away."""
        self._slots.free()
