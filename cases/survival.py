"""How long things last, where some are still going on: the estimator of Kaplan and Meier.

E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, Journal of the American
Statistical Association 53 (1958), 457-481; variance after Greenwood (1926); the interval on the scale of
log(-log(S)), as Kalbfleisch and Prentice have it: it stays between 0 and 1, and is right with few cases.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)  # an interval of 95 per cent


@dataclass(frozen=True, order=True)
class Life:
    """How many days something was watched, and whether it then ended; or was lost from sight."""

    days: float
    has_ended: bool


@dataclass(frozen=True)
class Step:
    """From this day on, the share that still lasts; with its interval, None where it has none.

    at_risk: how many lasted until just before. ended: how many ended on that day.
    """

    days: float
    at_risk: int
    ended: int
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Curve:
    """The share that lasts, as steps down from 1 at day 0; nothing is said after the last life's end."""

    steps: tuple[Step, ...]
    lives: tuple[Life, ...]

    @property
    def number(self) -> int:
        """How many lives it was made of."""
        return len(self.lives)

    @property
    def ended(self) -> int:
        """How many of them ended while they were watched."""
        return sum(life.has_ended for life in self.lives)

    @property
    def until(self) -> float:
        """The last day of which it says something."""
        return max((life.days for life in self.lives), default=0.0)

    @property
    def median(self) -> float | None:
        """The day on which half or less still lasts; None where that day was never reached."""
        return next((step.days for step in self.steps if step.share <= 0.5), None)

    def at(self, days: float) -> Step | None:
        """What it says of that day; None after its end. `at_risk` counts those that are watched longer."""
        if not self.lives or days > self.until:
            return None
        before = [step for step in self.steps if step.days <= days]
        at_risk = sum(life.days >= days for life in self.lives)
        last = before[-1] if before else Step(0.0, self.number, 0, 1.0, None, None)
        return Step(days, at_risk, sum(step.ended for step in before), last.share, last.low, last.high)


def kaplan_meier(lives: Iterable[Life]) -> Curve:
    """The curve of these lives; who is lost from sight on a day counts as watched on that day."""
    ordered = tuple(sorted(lives))
    at_risk, share, variance = len(ordered), 1.0, 0.0
    steps = []
    for days, group in groupby(ordered, key=lambda life: life.days):
        of_day = [*group]
        ended = sum(life.has_ended for life in of_day)
        if ended:
            share *= 1 - ended / at_risk
            lasting = at_risk - ended
            variance = variance + ended / (at_risk * lasting) if lasting else math.inf
            steps.append(Step(days, at_risk, ended, share, *_interval(share, variance)))
        at_risk -= len(of_day)
    return Curve(tuple(steps), ordered)


def _interval(share: float, variance: float) -> tuple[float | None, float | None]:
    if not 0 < share < 1:
        return None, None
    width = Z * math.sqrt(variance) / abs(math.log(share))
    return share ** math.exp(width), share ** math.exp(-width)
