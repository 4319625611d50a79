"""Figures of cases: how they ended, and curves of how long they held."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language_bidi, pgettext

from cases.durations import in_words
from cases.lifetimes import Lifetime, Uncounted
from cases.models import Case
from cases.survival import Curve, Step, kaplan_meier
from cases.vocabulary import Outcome

YEAR = 365.2425  # days
# The rows of the table of a curve, in days.
TIMES = (30, 182, 365, 730, 1826, 3652, 7305, 14610)
# A curve is drawn if so many are counted; it and its table go on while so many are still watched.
FEWEST_COUNTED = 8
FEWEST = 5
# The drawing of a curve: units of its own, stretched to the width that there is.
WIDTH, HEIGHT = 1000, 200
MAX_TICKS = 6
# So many cases that are not counted are named, for each reason.
MOST_NAMED = 12


@dataclass(frozen=True)
class Bar:
    """How many cases have an outcome, and their share of the most frequent one in per cent."""

    outcome: str
    label: str
    number: int
    share: str
    length: float


def tally(numbers: dict[str, int]) -> list[Bar]:
    """A bar for each outcome that some case has, the most frequent first."""
    total, most = sum(numbers.values()), max(numbers.values(), default=1)
    return [
        Bar(outcome, str(Outcome(outcome).label), number, in_per_cent(number / total), 100 * number / most)
        for outcome, number in sorted(numbers.items(), key=lambda one: (-one[1], one[0]))
    ]


@dataclass(frozen=True)
class Line:
    """A curve as a path, and its interval as an area; in units of the drawing."""

    path: str
    area: str


def in_per_cent(share: float) -> str:
    """The share in whole per cent, in words: more would be false precision."""
    # Translators: a share of cases, such as 40%.
    return pgettext("share", "%(number)d%%") % {"number": round(100 * share)}


@dataclass(frozen=True)
class Row:
    """A row of the table of a curve, in words: a time, and what the curves say of it.

    at_risk: how many are still watched. editors: of the editors' curve beside it.
    """

    time: str
    share: str
    interval: str
    at_risk: int | None
    editors: str


@dataclass(frozen=True)
class Group:
    """The cases that are not counted for one reason; of many the first few are named."""

    reason: str
    number: int
    named: list[Case]
    further: int


@dataclass(frozen=True)
class Panel:
    """One coding: its curve; for a dataset, beside it the editors' curve of the cases that both count.

    lines: empty where too few are counted for a curve. ticks: years with their position in per cent.
    """

    name: str
    curve: Curve
    editors: Curve | None
    lines: list[Line]
    ticks: list[tuple[int, float]]
    rows: list[Row]
    uncounted: list[Group]

    @property
    def median(self) -> str:
        """How long half of them held, in words; "" where the curve does not come down to a half."""
        found = self.curve.median
        return "" if found is None else in_words(round(found))

    @property
    def left_out(self) -> int:
        """How many cases are not counted."""
        return sum(group.number for group in self.uncounted)


def panel(name: str, lifetimes: Sequence[Lifetime], editors: Sequence[Lifetime] | None = None) -> Panel:
    """The panel of one coding. editors: what the editors say, for the panel of a dataset."""
    counted = {one.case.pk: one.life for one in lifetimes if one.life}
    curve = kaplan_meier(counted.values())
    same = [one.life for one in editors or () if one.life and one.case.pk in counted]
    beside = kaplan_meier(same) if same else None
    curves = [curve, *([beside] if beside else [])]
    last = _last_day(curves)
    is_drawn = last > 0 and curve.number >= FEWEST_COUNTED
    return Panel(
        name,
        curve,
        beside,
        [_line(one, last) for one in curves] if is_drawn else [],
        _ticks(last) if is_drawn else [],
        [row for days in TIMES if is_drawn and (row := _row(days, curve, beside))],
        _groups(lifetimes),
    )


def _row(days: int, curve: Curve, beside: Curve | None) -> Row | None:
    """What the curves say of that time; None where too few are watched for either."""
    at, by_editors = _step_at(curve, days), _step_at(beside, days)
    if at is None and by_editors is None:
        return None
    editors = "" if by_editors is None else in_per_cent(by_editors.share)
    if at is None:
        return Row(in_words(days), "", "", None, editors)
    has_interval = at.low is not None and at.high is not None
    interval = f"{in_per_cent(at.low or 0)} – {in_per_cent(at.high or 0)}" if has_interval else ""
    return Row(in_words(days), in_per_cent(at.share), interval, at.at_risk, editors)


def _step_at(curve: Curve | None, days: int) -> Step | None:
    step = curve.at(days) if curve else None
    return step if step and step.at_risk >= FEWEST else None


def _last_day(curves: Sequence[Curve]) -> float:
    """Until when one of the curves has enough that are watched."""
    return max((one.lives[-FEWEST].days for one in curves if one.number >= FEWEST), default=0.0)


def _line(curve: Curve, last: float) -> Line:
    if curve.number < FEWEST:
        return Line("", "")
    end = min(last, curve.lives[-FEWEST].days)
    steps = [step for step in curve.steps if step.days < end]
    days = [0.0, *(step.days for step in steps), end]
    shares = [1.0, *(step.share for step in steps)]
    with_interval = [step for step in steps if step.low is not None]
    area = ""
    if with_interval:
        begins = [*(step.days for step in with_interval), end]
        upper = _corners(begins, [step.high or 0.0 for step in with_interval], last)
        lower = _corners(begins, [step.low or 0.0 for step in with_interval], last)
        area = f"M{' '.join([*upper, *lower[::-1]])}z"
    return Line(f"M{' '.join(_corners(days, shares, last))}", area)


def _corners(days: Sequence[float], shares: Sequence[float], last: float) -> list[str]:
    """The corners of a line of steps: each share lasts from its day to the next one."""
    corners = []
    for place, share in enumerate(shares):
        y = round((1 - share) * HEIGHT, 1)
        corners += [f"{_x(day, last)},{y:g}" for day in days[place : place + 2]]
    return corners


def _x(day: float, last: float) -> str:
    x = day / last * WIDTH
    return f"{round(WIDTH - x if get_language_bidi() else x, 1):g}"


def _ticks(last: float) -> list[tuple[int, float]]:
    years = last / YEAR
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 500, 10_000) if years / step <= MAX_TICKS)
    ticks = [(year, year / years * 100) for year in range(0, math.floor(years) + 1, step)]
    return [(year, round(100 - x if get_language_bidi() else x, 2)) for year, x in ticks]


def _groups(lifetimes: Sequence[Lifetime]) -> list[Group]:
    groups = []
    for reason in Uncounted:
        cases = [one.case for one in lifetimes if one.reason == reason]
        if cases:
            further = max(len(cases) - MOST_NAMED, 0)
            groups.append(Group(str(reason.label), len(cases), cases[:MOST_NAMED], further))
    return groups
