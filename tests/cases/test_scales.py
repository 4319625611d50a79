"""A scale places days in their order on a line, and never outside it."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import given

from cases import drawings
from cases.drawings import MARGIN, TICKS_APART, Scale
from tests.cases.drawn import days, many_days


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
        assert len(years) <= drawings.MAX_YEARS_NAMED + 1


@given(many_days)
def test_a_year_stands_where_it_begins(several: list[datetime.date]) -> None:
    scale = Scale.shortened(several)

    assert [place for _year, place in scale.years()] == [
        scale.place(datetime.date(year, 1, 1)) for year, _place in scale.years()
    ]
