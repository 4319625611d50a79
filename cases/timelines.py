"""The cases of a page on one line of time, grouped by country.

The line ends with the last day of which the cases speak, not today: a page is kept while what it shows is
the same (docs/adr/0029).
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from cases.drawings import MIN_BAR_WIDTH, Scale
from cases.durations import duration_in_words
from cases.models import Case
from cases.vocabulary import Outcome
from publishing.languages import active_language, localized
from search.ordering import sort_key


@dataclass(frozen=True)
class Bar:
    """A case: its bar, start and width in per cent; how it ends; and how long it was kept, in words.

    end: "ended"; "goes_on", if it holds; "may_go_on", if that or the day of its end is not known; "never",
    if it never took effect. tip: where the arrow of one that goes on points, in per cent.
    """

    case: Case
    x: float
    width: float
    end: str
    tip: float
    lasted: str


@dataclass(frozen=True)
class CountryGroup:
    """The bars of the cases of one country, or of those of several."""

    name: str
    bars: list[Bar]


@dataclass(frozen=True)
class CaseTimeline:
    """The groups, the years below them, and the cases without a date."""

    groups: list[CountryGroup]
    years: list[tuple[int, float]]
    undated: list[Case]


def case_timeline(cases: Sequence[Case], *, is_of_one: bool = False) -> CaseTimeline:
    """The cases with their countries at hand, in the order of the page within each group.

    is_of_one: whether all are of one country, and make one group; then nothing asks for their countries.
    """
    dated = [case for case in cases if _first_day(case)]
    undated = [case for case in cases if not _first_day(case)]
    if not dated:
        return CaseTimeline([], [], undated)
    first = min(_first_day(case) or datetime.date.max for case in dated)
    last = max(_last_day(case) for case in dated)
    scale = Scale.linear(datetime.date(first.year, 1, 1), last)
    groups: dict[str, list[Bar]] = {}
    for case in dated:
        groups.setdefault("" if is_of_one else _country(case), []).append(_bar(scale, case))
    several = _of_several()
    ordered = sorted(groups, key=lambda name: (name == several, sort_key(name, active_language())))
    years = [(year, round(_mirrored(x), 2)) for year, x in scale.years()]
    return CaseTimeline([CountryGroup(name, groups[name]) for name in ordered], years, undated)


def _country(case: Case) -> str:
    countries = [localized(place, "title").text for place in case.countries.all()]
    if not countries:
        return _("No country named")
    return countries[0] if len(countries) == 1 else _of_several()


def _of_several() -> str:
    return _("Several countries")


def _first_day(case: Case) -> datetime.date | None:
    start = case.declared_on or case.in_force_on
    return start.earliest if start else None


def _last_day(case: Case) -> datetime.date:
    """The last day of the bar: of its end, or else the last of which something is known."""
    first = _first_day(case) or datetime.date.min
    known = case.ended_on or (case.outcome_as_of if case.took_effect else None)
    return max(known.latest, first) if known else first


def _end(case: Case) -> str:
    if not case.took_effect:
        return "never"
    if case.ended_on:
        return "ended"
    return "goes_on" if case.outcome == Outcome.HOLDING else "may_go_on"


def _bar(scale: Scale, case: Case) -> Bar:
    first, last = _first_day(case) or datetime.date.min, _last_day(case)
    begin, end = scale.position(first), scale.position(last)
    width = max(end - begin, MIN_BAR_WIDTH)
    begin = min(begin, 100 - width)
    end = begin + width
    x = _mirrored(end) if get_language_bidi() else begin
    return Bar(
        case, round(x, 2), round(width, 2), _end(case), round(_mirrored(end), 2), duration_in_words(case)
    )


def _mirrored(position: float) -> float:
    return 100 - position if get_language_bidi() else position
