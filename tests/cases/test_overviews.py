"""The overview of all cases draws each as long as it ran."""

import datetime
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from cases import drawings
from cases.drawings import MIN_BAR_WIDTH, Overview, Scale, Span
from cases.models import Case
from tests.cases.drawn import ROUNDED, days, partial

TODAY = datetime.date(2026, 6, 30)


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
    return Scale.linear(datetime.date(2000, 1, 1), TODAY).position(day)


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

    assert (span.width, span.is_open) == (MIN_BAR_WIDTH, False)


def test_what_ended_before_it_was_declared_has_no_length() -> None:
    span = beside(a_case("2008-05-21", "2001"))

    assert (span.x, span.width) == (
        pytest.approx(place_of(datetime.date(2008, 5, 21)), abs=ROUNDED),
        MIN_BAR_WIDTH,
    )


@given(st.lists(st.tuples(days, st.none() | days, st.sampled_from(["holding", "collapsed"])), min_size=1))
def test_every_bar_can_be_seen_and_is_inside_the_drawing(rows: list[Any]) -> None:
    cases = [a_case(f"{first}", f"{last}" if last else "", outcome) for first, last, outcome in rows]

    for language in ("en", "ar"):
        with override(language):
            spans = overview(*cases).spans
        assert all(span.width >= MIN_BAR_WIDTH for span in spans)
        assert all(span.x >= 0 and span.x + span.width <= 100 + ROUNDED for span in spans)


def test_the_first_and_the_last_year_of_the_calendar_have_a_bar() -> None:
    first, last = overview(a_case("0001", "0001"), a_case("9999-12-31", outcome="holding")).spans

    assert (first.x, last.x) == (0, 100 - MIN_BAR_WIDTH)


def test_in_arabic_bars_run_from_the_right() -> None:
    cases = [a_case("2000", "2004"), a_case("2008-05-21", "2012"), a_case("2026-06-30")]

    with override("en"):
        english = overview(*cases)
    with override("ar"):
        arabic = overview(*cases)

    for one, other in zip(english.spans, arabic.spans, strict=True):
        assert other.x == pytest.approx(100 - one.x - one.width, abs=2 * ROUNDED)
        assert other.width == one.width
