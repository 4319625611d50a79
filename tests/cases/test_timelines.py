"""The timeline of a case places what is dated where it belongs."""

import datetime
from itertools import pairwise
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from cases import drawings
from cases.drawings import MAX_LANES, MIN_MARK_DISTANCE
from tests.cases.drawn import ROUNDED, breach, drawn, event, many_days, near_days


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

    assert all(mark.y + drawings.MARK_RADIUS <= timeline.axis for mark in timeline.events)
    assert all(
        mark.y - drawings.MARK_RADIUS >= timeline.axis + drawings.YEARS_HEIGHT for mark in timeline.breaches
    )


@given(st.lists(near_days, max_size=30), st.lists(near_days, max_size=30))
def test_every_mark_is_inside_the_drawing(happened: list[Any], reported: list[Any]) -> None:
    timeline = drawings.timeline(
        [event(f"{day}") for day in happened], [breach(f"{day}") for day in reported]
    )

    for mark in [*timeline.events, *timeline.breaches] if timeline else []:
        assert drawings.MARK_RADIUS - 2 <= mark.y <= timeline.height - (drawings.MARK_RADIUS - 2)
        assert 0 <= mark.x <= 100


@given(many_days)
def test_two_marks_in_one_lane_do_not_touch_unless_lanes_run_out(several: list[datetime.date]) -> None:
    timeline = drawn([event(f"{day}") for day in several])
    highest = min(mark.y for mark in timeline.events)
    lanes = {mark.y for mark in timeline.events}

    for lane in lanes - ({highest} if len(lanes) == MAX_LANES else set()):
        places = sorted(mark.x for mark in timeline.events if mark.y == lane)
        assert all(later - earlier >= MIN_MARK_DISTANCE - ROUNDED for earlier, later in pairwise(places))


def test_what_happened_on_one_day_stands_above_each_other() -> None:
    timeline = drawn([event("2020-01-01"), event("2020-01-01"), event("2020-02-01")])

    first, second, later = timeline.events
    assert (first.x, first.y - second.y, later.y) == (second.x, drawings.LANE_HEIGHT, first.y)


def test_five_hundred_events_of_a_day_stay_in_the_lanes_that_there_are() -> None:
    timeline = drawn([*(event("2020-01-01") for _one in range(500)), event("2020-01-02")])

    assert len(timeline.events) == 501
    assert len({mark.y for mark in timeline.events}) == MAX_LANES
    assert timeline.height <= drawings.LANE_HEIGHT * (MAX_LANES + 3)


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
