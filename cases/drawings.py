"""Positions in timelines and bar charts, in per cent of the width.

Per cent, so that a drawing fits every screen while its text keeps its size. In right-to-left
languages time runs from right to left too.
"""

import datetime
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any, Self

from django.utils import timezone
from django.utils.translation import get_language_bidi

from cases.durations import duration_in_words
from cases.models import Case
from cases.vocabulary import Outcome
from publishing.fields.partial_dates import PartialDate

MARGIN = 3.0  # per cent kept free at both ends, for the mark around a point
MIN_MARK_DISTANCE = 6.4  # per cent between two marks, so that they do not touch on a screen of 320 px
MIN_YEAR_DISTANCE = 13.0  # per cent between two year labels on such a screen
LANE_HEIGHT = 22  # pixels between two lanes of marks
MARK_RADIUS = 11  # pixels from the middle of a mark to its edge
YEARS_HEIGHT = 26  # pixels for the year labels below the line
MAX_LANES = 12  # further marks cover others; the table shows all rows
MIN_BAR_WIDTH = 0.9  # per cent, the minimum width of a bar
MAX_YEAR_LABELS = 6
MONEY = ("pledged", "committed", "disbursed")
ONGOING_OUTCOMES = {Outcome.HOLDING, Outcome.DISPUTED, Outcome.UNKNOWN}


@dataclass(frozen=True)
class Scale:
    """Days and their positions on a line, with linear interpolation between them."""

    days: tuple[int, ...]
    positions: tuple[float, ...]

    @classmethod
    def linear(cls, first: datetime.date, last: datetime.date) -> Self:
        """A linear scale: all days have the same length."""
        return cls((first.toordinal(), max(last.toordinal(), first.toordinal() + 1)), (0.0, 100.0))

    @classmethod
    def shortened(cls, days: Iterable[datetime.date]) -> Self:
        """A scale that shortens long gaps: a length is the logarithm of the number of days."""
        ordered = sorted({day.toordinal() for day in days})
        lengths = [math.log2(1 + later - earlier) for earlier, later in pairwise(ordered)]
        total = sum(lengths) or 1.0
        positions = [MARGIN]
        for length in lengths:
            positions.append(positions[-1] + length / total * (100 - 2 * MARGIN))
        return cls(tuple(ordered), tuple(positions))

    def position(self, day: datetime.date) -> float:
        """The position in per cent from the left, before mirroring."""
        ordinal = min(max(day.toordinal(), self.days[0]), self.days[-1])
        for (earlier, later), (begin, end) in zip(pairwise(self.days), pairwise(self.positions), strict=True):
            if ordinal <= later:
                return begin + (end - begin) * (ordinal - earlier) / (later - earlier)
        return self.positions[0]

    def years(self) -> list[tuple[int, float]]:
        """The years that have room for a label, with the position of 1 January."""
        first, last = (datetime.date.fromordinal(day).year for day in (self.days[0], self.days[-1]))
        step = next(
            step for step in (1, 2, 5, 10, 20, 50, 100, 500, 2000) if (last - first) / step <= MAX_YEAR_LABELS
        )
        labels: list[tuple[int, float]] = []
        for year in range(first, last + 1):
            new_year = datetime.date(year, 1, 1)
            if year % step or new_year.toordinal() < self.days[0]:
                continue
            position = self.position(new_year)
            if not labels or position - labels[-1][1] >= MIN_YEAR_DISTANCE:
                labels.append((year, position))
        return labels


@dataclass(frozen=True)
class Mark:
    """One dated row in a drawing: its number in the table, start and end (per cent), height (pixels)."""

    number: int
    row: Any
    x: float
    until: float | None
    y: int


@dataclass(frozen=True)
class Timeline:
    """Events above a line of time and breaches below it; heights in pixels."""

    events: list[Mark]
    breaches: list[Mark]
    years: list[tuple[int, float]]
    axis: int
    height: int


def timeline(events: Sequence[Any], breaches: Sequence[Any]) -> Timeline | None:
    """The timeline; sets `number` on each row. None if there are fewer than two different days."""
    for number, row in enumerate([*events, *breaches], start=1):
        row.number = number
    dated_events = [Dated(row, row.happened_on, row.until_on) for row in events if row.happened_on]
    dated_breaches = [Dated(row, row.began_on, row.ended_on) for row in breaches if row.began_on]
    days = {day for one in [*dated_events, *dated_breaches] for day in (one.first, one.last)}
    if len(days) < 2:
        return None
    scale = Scale.shortened(days)
    event_lanes, breach_lanes = _assign_lanes(scale, dated_events), _assign_lanes(scale, dated_breaches)
    axis = 2 * MARK_RADIUS + LANE_HEIGHT * len({lane for _one, _x, lane in event_lanes})
    first_below = axis + YEARS_HEIGHT + MARK_RADIUS
    lanes_below = len({lane for _one, _x, lane in breach_lanes})
    return Timeline(
        events=[
            _mark(scale, one, x, axis - LANE_HEIGHT * (lane + 1) + MARK_RADIUS // 2)
            for one, x, lane in event_lanes
        ],
        breaches=[_mark(scale, one, x, first_below + LANE_HEIGHT * lane) for one, x, lane in breach_lanes],
        years=_mirrored_years(scale),
        axis=axis,
        height=first_below + LANE_HEIGHT * lanes_below - MARK_RADIUS if lanes_below else axis + YEARS_HEIGHT,
    )


@dataclass(frozen=True)
class Dated:
    """A row with its first and last day."""

    row: Any
    start: PartialDate
    end: PartialDate | None

    @property
    def first(self) -> datetime.date:
        """The earliest possible day of the start."""
        return self.start.earliest

    @property
    def last(self) -> datetime.date:
        """The latest possible day of the end."""
        return max((self.end or self.start).latest, self.first)


@dataclass(frozen=True)
class Span:
    """The bar of one case: start and width in per cent."""

    case: Case
    x: float
    width: float
    is_open: bool

    @property
    def lasted(self) -> str:
        """How long it was kept, in words."""
        return duration_in_words(self.case)


@dataclass(frozen=True)
class Group:
    """The bars of the cases of the same countries."""

    countries: list[Any]
    spans: list[Span]


@dataclass(frozen=True)
class Overview:
    """All cases on one line of time."""

    spans: list[Span]
    years: list[tuple[int, float]]

    def by_country(self, at_first: int) -> tuple[list[Group], list[Group]]:
        """The bars by country, that of the first case first; so many bars at first, and then the others."""
        countries: dict[tuple[Any, ...], list[Any]] = {}
        spans: dict[tuple[Any, ...], list[Span]] = {}
        for span in self.spans:
            found = list(span.case.countries.all())
            key = tuple(place.pk for place in found)
            countries.setdefault(key, found)
            spans.setdefault(key, []).append(span)
        ordered = [(key, span) for key, several in spans.items() for span in several]
        first, others = ordered[:at_first], ordered[at_first:]
        return _groups(first, countries), _groups(others, countries)


def overview(cases: Sequence[Case]) -> Overview | None:
    """A bar for each case with a date; None if there is none."""
    dated = [case for case in cases if case.declared_on]
    if not dated:
        return None
    today = timezone.localdate()
    first = min(case.declared_on.earliest for case in dated)
    scale = Scale.linear(
        datetime.date(first.year, 1, 1), max(today, *(_last_day(case, today)[0] for case in dated))
    )
    return Overview(
        spans=[_span(scale, case, today) for case in dated],
        years=_mirrored_years(scale),
    )


def _groups(bars: list[tuple[Any, Span]], countries: dict[Any, list[Any]]) -> list[Group]:
    """Consecutive bars of the same countries together."""
    return [
        Group(countries[key], [span for _key, span in several])
        for key, several in groupby(bars, lambda bar: bar[0])
    ]


@dataclass(frozen=True)
class Amount:
    """An amount, and its share of the largest one in its currency, in per cent."""

    value: Decimal
    share: float


def amounts(fundings: Iterable[Any]) -> None:
    """Set `amounts` on each funding: pledged, committed and disbursed, None if not known."""
    fundings = list(fundings)
    largest: dict[str, Decimal] = {}
    for funding in fundings:
        values = [getattr(funding, name) or Decimal(0) for name in MONEY]
        largest[funding.currency] = max(largest.get(funding.currency, Decimal(0)), *values)
    for funding in fundings:
        funding.amounts = [_amount(getattr(funding, name), largest[funding.currency]) for name in MONEY]


def _amount(value: Decimal | None, largest: Decimal) -> Amount | None:
    return (
        None if value is None else Amount(value, round(float(100 * value / largest), 1) if largest else 0.0)
    )


def _span(scale: Scale, case: Case, today: datetime.date) -> Span:
    last, is_open = _last_day(case, today)
    begin, end = scale.position(case.declared_on.earliest), scale.position(last)
    width = max(end - begin, MIN_BAR_WIDTH)
    begin = min(begin, 100 - width)
    return Span(
        case, round(_mirrored(begin + width if get_language_bidi() else begin), 2), round(width, 2), is_open
    )


def _last_day(case: Case, today: datetime.date) -> tuple[datetime.date, bool]:
    """The last day of the bar of a case, and whether the case may have continued after it."""
    if case.ended_on:
        return max(case.ended_on.latest, case.declared_on.earliest), False
    if case.outcome in ONGOING_OUTCOMES:
        known = case.outcome_as_of or case.declared_on
        return max(min(known.latest, today), case.declared_on.earliest), True
    return case.declared_on.latest, False


def _assign_lanes(scale: Scale, rows: Iterable[Dated]) -> list[tuple[Dated, float, int]]:
    """Each row with its position and the lowest lane in which it does not touch the mark before it."""
    last_in_lane: list[float] = []
    placed = []
    for one in sorted(rows, key=lambda one: (one.first, one.row.number)):
        x = scale.position(one.first)
        free_lanes = (lane for lane, last in enumerate(last_in_lane) if x - last >= MIN_MARK_DISTANCE)
        free = next(free_lanes, len(last_in_lane))
        lane = min(free, MAX_LANES - 1)
        last_in_lane[lane : lane + 1] = [x]
        placed.append((one, x, lane))
    return placed


def _mark(scale: Scale, one: Dated, x: float, y: int) -> Mark:
    until = scale.position(one.last)
    until_x = round(_mirrored(until), 2) if until - x > MIN_BAR_WIDTH else None
    return Mark(one.row.number, one.row, round(_mirrored(x), 2), until_x, y)


def _mirrored_years(scale: Scale) -> list[tuple[int, float]]:
    return [(year, round(_mirrored(position), 2)) for year, position in scale.years()]


def _mirrored(position: float) -> float:
    return 100 - position if get_language_bidi() else position
