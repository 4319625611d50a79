"""Where dated things stand in the drawings of pages, in per cent of their width.

Per cent, so that a drawing fits a phone and a desk while its words keep their size. Where
reading begins at the right, so does time.
"""

import datetime
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, Self

from django.utils import timezone
from django.utils.translation import get_language_bidi

from cases.models import Case
from cases.vocabulary import Outcome
from publishing.fields.partial_dates import PartialDate

MARGIN = 3.0  # per cent kept free at both ends, for what is drawn around a point
APART = 6.4  # per cent that two marks need so that they do not touch on a screen of 320 px
TICKS_APART = 13.0  # per cent that two years in words need there
LANE = 22  # pixels from one lane of marks to the next
HALF = 11  # and from the middle of a mark to its edge
WORDS = 26  # pixels that the years take below the line
MAX_LANES = 12  # what stands higher covers what lies there; the table has it all
THINNEST = 0.9  # per cent that a bar has at the least
MAX_YEARS_NAMED = 6
MONEY = ("pledged", "committed", "disbursed")
STILL_RUNS = {Outcome.HOLDING, Outcome.DISPUTED, Outcome.UNKNOWN}


@dataclass(frozen=True)
class Scale:
    """Days and their places on a line; between two days that have one it is divided evenly."""

    days: tuple[int, ...]
    places: tuple[float, ...]

    @classmethod
    def even(cls, first: datetime.date, last: datetime.date) -> Self:
        """Every day as long as every other."""
        return cls((first.toordinal(), max(last.toordinal(), first.toordinal() + 1)), (0.0, 100.0))

    @classmethod
    def shortened(cls, days: Iterable[datetime.date]) -> Self:
        """Quiet stretches are shortened: room grows with the logarithm of the days that pass."""
        ordered = sorted({day.toordinal() for day in days})
        rooms = [math.log2(1 + later - earlier) for earlier, later in pairwise(ordered)]
        whole = sum(rooms) or 1.0
        places = [MARGIN]
        for room in rooms:
            places.append(places[-1] + room / whole * (100 - 2 * MARGIN))
        return cls(tuple(ordered), tuple(places))

    def place(self, day: datetime.date) -> float:
        """Per cent from where reading starts on the left."""
        sought = min(max(day.toordinal(), self.days[0]), self.days[-1])
        for (earlier, later), (begin, end) in zip(pairwise(self.days), pairwise(self.places), strict=True):
            if sought <= later:
                return begin + (end - begin) * (sought - earlier) / (later - earlier)
        return self.places[0]

    def years(self) -> list[tuple[int, float]]:
        """The turns of years that have room for their number, and their places."""
        first, last = (datetime.date.fromordinal(day).year for day in (self.days[0], self.days[-1]))
        step = next(
            step for step in (1, 2, 5, 10, 20, 50, 100, 500, 2000) if (last - first) / step <= MAX_YEARS_NAMED
        )
        named: list[tuple[int, float]] = []
        for year in range(first, last + 1):
            turn = datetime.date(year, 1, 1)
            if year % step or turn.toordinal() < self.days[0]:
                continue
            place = self.place(turn)
            if not named or place - named[-1][1] >= TICKS_APART:
                named.append((year, place))
        return named


@dataclass(frozen=True)
class Mark:
    """One dated row in a drawing: its number in the table, its place, how long it lasted, its height."""

    number: int
    row: Any
    x: float
    until: float | None
    y: int


@dataclass(frozen=True)
class Timeline:
    """What happened, above a line of time, and the breaches reported, below it. Heights in pixels."""

    events: list[Mark]
    breaches: list[Mark]
    years: list[tuple[int, float]]
    axis: int
    height: int


def timeline(events: Sequence[Any], breaches: Sequence[Any]) -> Timeline | None:
    """Draw events and breaches; each row gets its `number`. Nothing is drawn of fewer than two days."""
    for number, row in enumerate([*events, *breaches], start=1):
        row.number = number
    happened = [Dated(row, row.happened_on, row.until_on) for row in events if row.happened_on]
    reported = [Dated(row, row.began_on, row.ended_on) for row in breaches if row.began_on]
    days = {day for one in [*happened, *reported] for day in (one.first, one.last)}
    if len(days) < 2:
        return None
    scale = Scale.shortened(days)
    above, below = _in_lanes(scale, happened), _in_lanes(scale, reported)
    axis = 2 * HALF + LANE * len({lane for _one, _x, lane in above})
    first_below = axis + WORDS + HALF
    lanes_below = len({lane for _one, _x, lane in below})
    return Timeline(
        events=[_mark(scale, one, x, axis - LANE * (lane + 1) + HALF // 2) for one, x, lane in above],
        breaches=[_mark(scale, one, x, first_below + LANE * lane) for one, x, lane in below],
        years=_mirrored_years(scale),
        axis=axis,
        height=first_below + LANE * lanes_below - HALF if lanes_below else axis + WORDS,
    )


@dataclass(frozen=True)
class Dated:
    """A row, and the days between which it lay."""

    row: Any
    start: PartialDate
    end: PartialDate | None

    @property
    def first(self) -> datetime.date:
        """The first day that it may mean."""
        return self.start.earliest

    @property
    def last(self) -> datetime.date:
        """The last day that it may mean."""
        return max((self.end or self.start).latest, self.first)


@dataclass(frozen=True)
class Span:
    """A case on the line that all cases share: where its bar starts, how long it is."""

    case: Case
    x: float
    width: float
    is_open: bool


@dataclass(frozen=True)
class Overview:
    """All cases below each other on one line of time."""

    spans: list[Span]
    years: list[tuple[int, float]]


def overview(cases: Sequence[Case]) -> Overview | None:
    """Draw how long each case lasted; those without a date have no bar, and nothing is drawn of none."""
    dated = [case for case in cases if case.declared_on]
    if not dated:
        return None
    today = timezone.localdate()
    first = min(case.declared_on.earliest for case in dated)
    scale = Scale.even(
        datetime.date(first.year, 1, 1), max(today, *(_last_day(case, today)[0] for case in dated))
    )
    return Overview(
        spans=[_span(scale, case, today) for case in dated],
        years=_mirrored_years(scale),
    )


@dataclass(frozen=True)
class Amount:
    """A sum, and its share of the largest in its column and currency, in per cent."""

    value: Decimal
    share: float


def amounts(fundings: Iterable[Any]) -> None:
    """Give each funding, as `amounts`, what was pledged, committed and disbursed; None where not known."""
    fundings = list(fundings)
    largest: dict[tuple[str, str], Decimal] = {}
    for funding in fundings:
        for name in MONEY:
            value = getattr(funding, name) or Decimal(0)
            column = (name, funding.currency)
            largest[column] = max(largest.get(column, Decimal(0)), value)
    for funding in fundings:
        funding.amounts = [_amount(getattr(funding, name), largest[name, funding.currency]) for name in MONEY]


def _amount(value: Decimal | None, largest: Decimal) -> Amount | None:
    return (
        None if value is None else Amount(value, round(float(100 * value / largest), 1) if largest else 0.0)
    )


def _span(scale: Scale, case: Case, today: datetime.date) -> Span:
    last, is_open = _last_day(case, today)
    begin, end = scale.place(case.declared_on.earliest), scale.place(last)
    width = max(end - begin, THINNEST)
    begin = min(begin, 100 - width)
    return Span(
        case, round(_mirrored(begin + width if get_language_bidi() else begin), 2), round(width, 2), is_open
    )


def _last_day(case: Case, today: datetime.date) -> tuple[datetime.date, bool]:
    """The day until which a case is drawn, and whether it may have gone on."""
    if case.ended_on:
        return max(case.ended_on.latest, case.declared_on.earliest), False
    if case.outcome in STILL_RUNS:
        known = case.outcome_as_of or case.declared_on
        return max(min(known.latest, today), case.declared_on.earliest), True
    return case.declared_on.latest, False


def _in_lanes(scale: Scale, rows: Iterable[Dated]) -> list[tuple[Dated, float, int]]:
    """Each with its place, and in the lowest lane where it does not touch the one before it."""
    taken: list[float] = []
    placed = []
    for one in sorted(rows, key=lambda one: (one.first, one.row.number)):
        x = scale.place(one.first)
        free = next((lane for lane, last in enumerate(taken) if x - last >= APART), len(taken))
        lane = min(free, MAX_LANES - 1)
        taken[lane : lane + 1] = [x]
        placed.append((one, x, lane))
    return placed


def _mark(scale: Scale, one: Dated, x: float, y: int) -> Mark:
    until = scale.place(one.last)
    lasted = round(_mirrored(until), 2) if until - x > THINNEST else None
    return Mark(one.row.number, one.row, round(_mirrored(x), 2), lasted, y)


def _mirrored_years(scale: Scale) -> list[tuple[int, float]]:
    return [(year, round(_mirrored(place), 2)) for year, place in scale.years()]


def _mirrored(place: float) -> float:
    return 100 - place if get_language_bidi() else place
