"""How far two codings agree: per cent, and Cohen's kappa, which takes out what chance would give."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """How many were coded by both, how many alike, and kappa; None where nothing is left to agree by."""

    number: int
    alike: int
    kappa: float | None

    @property
    def per_cent(self) -> float:
        """How many of a hundred were coded alike."""
        return 100 * self.alike / self.number if self.number else 0.0


def agreement(pairs: Iterable[tuple[Hashable, Hashable]]) -> Agreement:
    """The agreement of pairs of codes for the same things.

    >>> agreement([("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15)
    Agreement(number=50, alike=35, kappa=0.4)
    """
    counted = Counter(pairs)
    number = counted.total()
    alike = sum(times for (one, other), times in counted.items() if one == other)
    ours: Counter[Hashable] = Counter()
    theirs: Counter[Hashable] = Counter()
    for (one, other), times in counted.items():
        ours[one] += times
        theirs[other] += times
    by_chance = sum(times * theirs[code] for code, times in ours.items())
    if number == 0 or by_chance == number * number:
        return Agreement(number, alike, None)
    kappa = (alike * number - by_chance) / (number * number - by_chance)
    return Agreement(number, alike, round(kappa, 10))
