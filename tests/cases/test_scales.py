"""A scale positions days in their order on a line, and never outside it."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import given

from cases import drawings
from cases.drawings import MARGIN, MIN_YEAR_DISTANCE, Scale
from tests.cases.drawn import days, many_days


@given(many_days)
def test_a_later_day_never_stands_before_an_earlier_one(days: list[datetime.date]) -> None:
    scales = [Scale.shortened(days), Scale.linear(min(days), max(days))]

    for scale in scales:
        positions = [scale.position(day) for day in sorted(days)]
        assert positions == sorted(positions)


@given(many_days, days)
def test_every_day_stands_on_the_line(days: list[datetime.date], any_day: datetime.date) -> None:
    scales = [Scale.shortened(days), Scale.linear(min(days), max(days))]

    assert all(0 <= scale.position(day) <= 100.0001 for scale in scales for day in [*days, any_day])


@given(many_days)
def test_a_shortened_line_keeps_both_its_margins(days: list[datetime.date]) -> None:
    scale = Scale.shortened(days)

    assert scale.position(min(days)) == MARGIN
    assert scale.position(max(days)) == pytest.approx(100 - MARGIN)


def test_on_an_even_line_half_the_time_is_half_the_way() -> None:
    scale = Scale.linear(datetime.date(2020, 1, 1), datetime.date(2020, 1, 11))

    assert [scale.position(datetime.date(2020, 1, day)) for day in (1, 6, 11)] == [0, 50, 100]


def test_a_line_of_one_day_can_be_drawn_on() -> None:
    day = datetime.date(2020, 1, 1)

    assert Scale.linear(day, day).position(day) == 0
    assert Scale.shortened([day, day]).position(day) == MARGIN


def test_a_quiet_stretch_is_shortened() -> None:
    first, second, last = datetime.date(2020, 1, 1), datetime.date(2020, 1, 2), datetime.date(2022, 9, 27)

    scale = Scale.shortened([last, first, second])

    # A thousand days take ten times the room of one.
    assert scale.position(last) - scale.position(second) == pytest.approx(
        10 * (scale.position(second) - scale.position(first)), rel=0.01
    )


@given(many_days)
def test_years_have_room_for_their_numbers(days: list[datetime.date]) -> None:
    for scale in (Scale.shortened(days), Scale.linear(min(days), max(days))):
        years = scale.years()

        assert all(later - earlier >= MIN_YEAR_DISTANCE for (_one, earlier), (_two, later) in pairwise(years))
        assert len(years) <= drawings.MAX_YEAR_LABELS + 1


@given(many_days)
def test_a_year_stands_where_it_begins(days: list[datetime.date]) -> None:
    scale = Scale.shortened(days)

    assert [position for _year, position in scale.years()] == [
        scale.position(datetime.date(year, 1, 1)) for year, _position in scale.years()
    ]
