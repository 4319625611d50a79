"""Chance that a seed decides: keys, days, and who is chosen how often."""

import uuid
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance(Random):
    """Random choices; the same seed gives the same entries."""

    def key(self) -> str:
        """A key of an entry or a row."""
        return str(uuid.UUID(int=self.getrandbits(128), version=4))

    def day(self, year: int) -> str:
        """A day of the year; sometimes only its month."""
        month = self.randint(1, 12)
        return f"{year}-{month:02}" if self.random() < 0.1 else f"{year}-{month:02}-{self.randint(1, 28):02}"


class Zipf:
    """Chooses some of many by the law of Zipf and Mandelbrot: the first in a given part of all choices."""

    def __init__(self, among: Sequence[str], *, chosen: int, share: float) -> None:
        """chosen: so many are chosen each time; share: how often the first is among them, from 0 to 1."""
        self.among, self.chosen = among, min(chosen, len(among))
        weights = _weights(len(among), 1 - (1 - share) ** (1 / chosen))
        self.sums = [*accumulate(weights)]

    def some(self, chance: Random) -> list[str]:
        """Different ones, as many as are chosen each time."""
        found: dict[str, None] = {}
        while len(found) < self.chosen:
            place = bisect_left(self.sums, chance.random() * self.sums[-1])
            found[self.among[min(place, len(self.among) - 1)]] = None
        return [*found]


def _weights(number: int, wanted: float) -> list[float]:
    """Weights 1 / (rank + shift), with the shift at which the first has the wanted part of their sum."""
    low, high = 0.0, float(number * 1000)
    for _step in range(50):
        shift = (low + high) / 2
        weights = [1 / (rank + shift) for rank in range(1, number + 1)]
        if weights[0] / sum(weights) > wanted:
            low = shift
        else:
            high = shift
    return weights
