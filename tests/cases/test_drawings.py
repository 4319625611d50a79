"""Drawings place what is dated where it belongs, and never outside themselves."""

import datetime
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from cases import drawings
from cases.drawings import APART, MARGIN, MOST_LANES, THINNEST, TICKS_APART, Overview, Scale, Span, Timeline
from cases.models import Case
from publishing.partial_dates import PartialDate

TODAY = datetime.date(2026, 6, 30)
ROUNDED = 0.011  # per cent by which two rounded places may come nearer

days = st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31))
near_days = st.dates(datetime.date(2019, 1, 1), datetime.date(2021, 12, 31))
many_days = st.one_of(st.lists(days, min_size=2, unique=True), st.lists(near_days, min_size=2, unique=True))


def partial(text: str) -> PartialDate | None:
    return PartialDate(text) if text else None


def event(happened: str, until: str = "") -> Any:
    return SimpleNamespace(happened_on=partial(happened), until_on=partial(until))


def breach(began: str, ended: str = "") -> Any:
    return SimpleNamespace(began_on=partial(began), ended_on=partial(ended))


def drawn(events: list[Any], breaches: list[Any] | None = None) -> Timeline:
    """The timeline of these rows, which is there."""
    timeline = drawings.timeline(events, breaches or [])
    assert timeline is not None
    return timeline


# --- the scale ---------------------------------------------------------------------------


@given(many_days)
def test_a_later_day_never_stands_before_an_earlier_one(several: list[datetime.date]) -> None:
    scales = [Scale.shortened(several), Scale.even(min(several), max(several))]

    for scale in scales:
        places = [scale.place(day) for day in sorted(several)]
        assert places == sorted(places)


@given(many_days, days)
def test_every_day_stands_on_the_line(several: list[datetime.date], any_day: datetime.date) -> None:
    scales = [Scale.shortened(several), Scale.even(min(several), max(several))]

    assert all(0 <= scale.place(day) <= 100.0001 for scale in scales for day in [*several, any_day])


@given(many_days)
def test_a_shortened_line_keeps_both_its_margins(several: list[datetime.date]) -> None:
    scale = Scale.shortened(several)

    assert scale.place(min(several)) == MARGIN
    assert scale.place(max(several)) == pytest.approx(100 - MARGIN)


def test_on_an_even_line_half_the_time_is_half_the_way() -> None:
    scale = Scale.even(datetime.date(2020, 1, 1), datetime.date(2020, 1, 11))

    assert [scale.place(datetime.date(2020, 1, day)) for day in (1, 6, 11)] == [0, 50, 100]


def test_a_line_of_one_day_can_be_drawn_on() -> None:
    day = datetime.date(2020, 1, 1)

    assert Scale.even(day, day).place(day) == 0
    assert Scale.shortened([day, day]).place(day) == MARGIN


def test_a_quiet_stretch_is_shortened() -> None:
    first, second, last = datetime.date(2020, 1, 1), datetime.date(2020, 1, 2), datetime.date(2022, 9, 27)

    scale = Scale.shortened([last, first, second])

    # A thousand days take ten times the room of one.
    assert scale.place(last) - scale.place(second) == pytest.approx(
        10 * (scale.place(second) - scale.place(first)), rel=0.01
    )


@given(many_days)
def test_years_have_room_for_their_numbers(several: list[datetime.date]) -> None:
    for scale in (Scale.shortened(several), Scale.even(min(several), max(several))):
        years = scale.years()

        assert all(later - earlier >= TICKS_APART for (_one, earlier), (_two, later) in pairwise(years))
        assert len(years) <= drawings.MOST_YEARS_NAMED + 1


@given(many_days)
def test_a_year_stands_where_it_begins(several: list[datetime.date]) -> None:
    scale = Scale.shortened(several)

    assert [place for _year, place in scale.years()] == [
        scale.place(datetime.date(year, 1, 1)) for year, _place in scale.years()
    ]


# --- the timeline of a case --------------------------------------------------------------


def test_marks_bear_the_numbers_of_their_rows_events_first() -> None:
    events = [event("2020-01-01"), event(""), event("2020-03-01")]
    breaches = [breach("2020-02-01"), breach("")]

    timeline = drawn(events, breaches)

    assert [row.number for row in [*events, *breaches]] == [1, 2, 3, 4, 5]
    assert [(mark.number, mark.row) for mark in timeline.events] == [(1, events[0]), (3, events[2])]
    assert [(mark.number, mark.row) for mark in timeline.breaches] == [(4, breaches[0])]


def test_rows_are_numbered_also_where_nothing_is_drawn() -> None:
    events = [event(""), event("2020-01-01")]

    assert drawings.timeline(events, []) is None
    assert [row.number for row in events] == [1, 2]


@pytest.mark.parametrize(
    "events, breaches",
    [
        ([], []),
        ([event("")], [breach("")]),
        ([event("2020-01-01")], []),
        ([event("2020-01-01"), event("2020-01-01", "2020-01-01")], [breach("2020-01-01")]),
    ],
    ids=["nothing", "undated", "one day", "one day thrice"],
)
def test_nothing_is_drawn_of_fewer_than_two_days(events: list[Any], breaches: list[Any]) -> None:
    assert drawings.timeline(events, breaches) is None


@pytest.mark.parametrize(
    "events, breaches",
    [
        ([event("2020-01-01", "2020-01-02")], []),
        ([event("2020-01-01")], [breach("2020-01-02")]),
        ([], [breach("2020-01-01"), breach("2020-01-02")]),
    ],
    ids=["one event", "one of each", "breaches alone"],
)
def test_two_days_are_drawn(events: list[Any], breaches: list[Any]) -> None:
    timeline = drawn(events, breaches)

    assert (len(timeline.events), len(timeline.breaches)) == (len(events), len(breaches))


def test_events_stand_above_the_line_and_breaches_below_it() -> None:
    timeline = drawn([event("2020-01-01"), event("2020-01-02")], [breach("2020-01-01"), breach("2020-01-02")])

    assert all(mark.y + drawings.HALF <= timeline.axis for mark in timeline.events)
    assert all(mark.y - drawings.HALF >= timeline.axis + drawings.WORDS for mark in timeline.breaches)


@given(st.lists(near_days, max_size=30), st.lists(near_days, max_size=30))
def test_every_mark_is_inside_the_drawing(happened: list[Any], reported: list[Any]) -> None:
    timeline = drawings.timeline(
        [event(f"{day}") for day in happened], [breach(f"{day}") for day in reported]
    )

    for mark in [*timeline.events, *timeline.breaches] if timeline else []:
        assert drawings.HALF - 2 <= mark.y <= timeline.height - (drawings.HALF - 2)
        assert 0 <= mark.x <= 100


@given(many_days)
def test_two_marks_in_one_lane_do_not_touch_unless_lanes_run_out(several: list[datetime.date]) -> None:
    timeline = drawn([event(f"{day}") for day in several])
    highest = min(mark.y for mark in timeline.events)
    lanes = {mark.y for mark in timeline.events}

    for lane in lanes - ({highest} if len(lanes) == MOST_LANES else set()):
        places = sorted(mark.x for mark in timeline.events if mark.y == lane)
        assert all(later - earlier >= APART - ROUNDED for earlier, later in pairwise(places))


def test_what_happened_on_one_day_stands_above_each_other() -> None:
    timeline = drawn([event("2020-01-01"), event("2020-01-01"), event("2020-02-01")])

    first, second, later = timeline.events
    assert (first.x, first.y - second.y, later.y) == (second.x, drawings.LANE, first.y)


def test_five_hundred_events_of_a_day_stay_in_the_lanes_that_there_are() -> None:
    timeline = drawn([*(event("2020-01-01") for _one in range(500)), event("2020-01-02")])

    assert len(timeline.events) == 501
    assert len({mark.y for mark in timeline.events}) == MOST_LANES
    assert timeline.height <= drawings.LANE * (MOST_LANES + 3)


def test_the_first_and_the_last_year_of_the_calendar_can_be_drawn() -> None:
    timeline = drawn([event("0001"), event("9999")], [breach("0001-01-01"), breach("9999-12-31")])

    marks = [*timeline.events, *timeline.breaches]
    assert all(0 <= place <= 100 for mark in marks for place in (mark.x, mark.until or 0))
    assert all(0 < place < 100 for _year, place in timeline.years)


@pytest.mark.parametrize("known, last", [("2020", "2020-12-31"), ("2020-02", "2020-02-29")])
def test_what_is_known_by_year_or_month_lasts_as_long_as_it_may_mean(known: str, last: str) -> None:
    rows = [event("2019-12-01"), event(known), event(last), event("2021-02-01")]

    timeline = drawn(rows)

    marks = {mark.number: mark for mark in timeline.events}
    assert marks[2].until == marks[3].x


def test_a_day_lasts_no_longer_than_its_mark() -> None:
    timeline = drawn([event("2020-01-01"), event("2020-01-02"), event("2020-01-09", "2020-01-19")])

    assert [mark.until is None for mark in timeline.events] == [True, True, False]


def test_what_ended_before_it_began_has_no_length() -> None:
    timeline = drawn(
        [event("2020-06-01", "2020-01-01"), event("2021-01-01")], [breach("2020-06-01", "2019-01-01")]
    )

    assert [mark.until for mark in [*timeline.events, *timeline.breaches]] == [None, None, None]


def test_in_arabic_time_runs_from_the_right() -> None:
    rows = [event("2018-05-01", "2019-07-01"), event("2022")], [breach("2020-03-01", "2021-04-01")]

    with override("en"):
        english = drawn(*rows)
    with override("ar"):
        arabic = drawn(*rows)

    for one, other in zip(
        [*english.events, *english.breaches], [*arabic.events, *arabic.breaches], strict=True
    ):
        assert other.x == pytest.approx(100 - one.x, abs=ROUNDED)
        assert other.until == pytest.approx(100 - one.until, abs=ROUNDED)
        assert other.y == one.y
    assert english.years
    assert arabic.years == [(year, pytest.approx(100 - place, abs=ROUNDED)) for year, place in english.years]


def test_in_french_time_runs_as_in_english() -> None:
    rows = [event("2018-05-01", "2019-07-01"), event("2022")], [breach("2020-03-01")]

    with override("en"):
        english = drawn(*rows)
    with override("fr"):
        french = drawn(*rows)

    assert french == english


# --- all cases on one line ---------------------------------------------------------------


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawings.timezone, "localdate", lambda: TODAY)


def a_case(declared: str = "", ended: str = "", outcome: str = "collapsed", as_of: str = "") -> Case:
    return Case(
        declared_on=partial(declared),
        ended_on=partial(ended),
        outcome=outcome,
        outcome_as_of=partial(as_of),
    )


def overview(*cases: Case) -> Overview:
    """The overview of these cases, which is there."""
    found = drawings.overview(cases)
    assert found is not None
    return found


def beside(case: Case) -> Span:
    """The case's bar on a line from 2000 to today."""
    return overview(a_case("2000-01-01"), case).spans[1]


def place_of(day: datetime.date) -> float:
    """Where the day is on that line."""
    return Scale.even(datetime.date(2000, 1, 1), TODAY).place(day)


def test_nothing_is_drawn_of_cases_without_a_date() -> None:
    assert drawings.overview([]) is None
    assert drawings.overview([a_case(), a_case(ended="2020")]) is None


def test_a_case_without_a_date_has_no_bar() -> None:
    dated, undated = a_case("2020"), a_case()

    assert [span.case for span in overview(undated, dated).spans] == [dated]


def test_cases_stay_in_the_order_in_which_they_come() -> None:
    cases = [a_case("2020"), a_case("1990"), a_case("2010")]

    assert [span.case for span in overview(*cases).spans] == cases


def test_the_line_begins_with_the_year_of_the_first_case() -> None:
    assert overview(a_case("2010-07-01"), a_case("2004-05")).years[0][0] >= 2004
    assert overview(a_case("2023-07-01")).years[0] == (2023, 0)


def test_a_bar_runs_from_the_declaration_to_the_end() -> None:
    span = beside(a_case("2008-05-21", "2012-03-01"))

    assert span.x == pytest.approx(place_of(datetime.date(2008, 5, 21)), abs=ROUNDED)
    assert span.x + span.width == pytest.approx(place_of(datetime.date(2012, 3, 1)), abs=2 * ROUNDED)
    assert not span.is_open


def test_partial_dates_are_drawn_as_long_as_they_may_mean() -> None:
    span = beside(a_case("2008", "2012-02"))

    assert span.x == pytest.approx(place_of(datetime.date(2008, 1, 1)), abs=ROUNDED)
    assert span.x + span.width == pytest.approx(place_of(datetime.date(2012, 2, 29)), abs=2 * ROUNDED)


@pytest.mark.parametrize("outcome", ["holding", "disputed", "unknown"])
def test_what_may_still_run_is_drawn_to_the_day_that_is_judged_and_open(outcome: str) -> None:
    span = beside(a_case("2008-05-21", outcome=outcome, as_of="2020-11-15"))

    assert span.x + span.width == pytest.approx(place_of(datetime.date(2020, 11, 15)), abs=2 * ROUNDED)
    assert span.is_open


@pytest.mark.parametrize("as_of", ["2026", "2026-12-31", "9999"])
def test_no_bar_that_is_open_runs_beyond_today(as_of: str) -> None:
    span = beside(a_case("2008-05-21", outcome="holding", as_of=as_of))

    assert span.x + span.width == pytest.approx(100, abs=2 * ROUNDED)


@pytest.mark.parametrize(
    "outcome",
    ["expired", "extended_or_replaced", "superseded_by_settlement", "collapsed", "never_took_effect"],
)
def test_what_is_over_on_an_unknown_day_has_no_length_and_is_closed(outcome: str) -> None:
    span = beside(a_case("2008-05-21", outcome=outcome, as_of="2020-11-15"))

    assert (span.width, span.is_open) == (THINNEST, False)


def test_what_ended_before_it_was_declared_has_no_length() -> None:
    span = beside(a_case("2008-05-21", "2001"))

    assert (span.x, span.width) == (
        pytest.approx(place_of(datetime.date(2008, 5, 21)), abs=ROUNDED),
        THINNEST,
    )


@given(st.lists(st.tuples(days, st.none() | days, st.sampled_from(["holding", "collapsed"])), min_size=1))
def test_every_bar_can_be_seen_and_is_inside_the_drawing(rows: list[Any]) -> None:
    cases = [a_case(f"{first}", f"{last}" if last else "", outcome) for first, last, outcome in rows]

    for language in ("en", "ar"):
        with override(language):
            spans = overview(*cases).spans
        assert all(span.width >= THINNEST for span in spans)
        assert all(span.x >= 0 and span.x + span.width <= 100 + ROUNDED for span in spans)


def test_the_first_and_the_last_year_of_the_calendar_have_a_bar() -> None:
    first, last = overview(a_case("0001", "0001"), a_case("9999-12-31", outcome="holding")).spans

    assert (first.x, last.x) == (0, 100 - THINNEST)


def test_in_arabic_bars_run_from_the_right() -> None:
    cases = [a_case("2000", "2004"), a_case("2008-05-21", "2012"), a_case("2026-06-30")]

    with override("en"):
        english = overview(*cases)
    with override("ar"):
        arabic = overview(*cases)

    for one, other in zip(english.spans, arabic.spans, strict=True):
        assert other.x == pytest.approx(100 - one.x - one.width, abs=2 * ROUNDED)
        assert other.width == one.width
    assert arabic.years == [(year, pytest.approx(100 - place, abs=ROUNDED)) for year, place in english.years]


# --- money -------------------------------------------------------------------------------


def a_sum(currency: str = "USD", **amount: int) -> Any:
    known = dict.fromkeys(drawings.MONEY) | {name: Decimal(value) for name, value in amount.items()}
    return SimpleNamespace(currency=currency, **known)


def shares(*fundings: Any) -> list[list[float | None]]:
    """The bars of each row: pledged, committed, disbursed."""
    drawings.amounts(fundings)
    return [[one and one.share for one in funding.amounts] for funding in fundings]


def test_a_bar_compares_with_the_largest_of_its_column() -> None:
    assert shares(a_sum(pledged=200), a_sum(pledged=50), a_sum(disbursed=20)) == [
        [100, None, None],
        [25, None, None],
        [None, None, 100],
    ]


def test_sums_of_other_currencies_are_not_compared() -> None:
    assert shares(a_sum(pledged=1), a_sum("IQD", pledged=1000), a_sum("IQD", pledged=500)) == [
        [100, None, None],
        [100, None, None],
        [50, None, None],
    ]


def test_a_bar_keeps_its_sum() -> None:
    funding = a_sum(committed=7)

    drawings.amounts(one for one in [funding])

    assert [one and one.value for one in funding.amounts] == [None, Decimal(7), None]


def test_a_sum_of_nothing_has_no_bar() -> None:
    assert shares(a_sum(pledged=0)) == [[0, None, None]]
