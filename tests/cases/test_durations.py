"""How long a ceasefire was kept is said as precisely as its dates allow, and no more."""

import pytest
from django.utils.translation import override

from cases.durations import Duration, Undated, duration_in_words, duration_of
from cases.models import Case
from tests.cases.drawn import partial


def a_case(in_force: str, ended: str = "", outcome: str = "collapsed", **dates: str) -> Case:
    return Case(
        declared_on=partial(dates.get("declared", "")),
        in_force_on=partial(in_force),
        ended_on=partial(ended),
        outcome=outcome,
        outcome_as_of=partial(dates.get("as_of", "")),
    )


@pytest.mark.parametrize(
    "in_force, ended, words",
    [
        ("2023-11-24", "2023-11-24", "less than a day"),
        ("2023-11-24", "2023-11-25", "1 day"),
        ("2023-11-24", "2023-12-01", "7 days"),
        ("2022-04-02", "2022-05-03", "31 days"),
        ("2022-04-02", "2022-06-02", "2 months"),
        ("2022-04-02", "2022-10-02", "6 months"),
        ("2020-10-23", "2022-10-23", "2 years"),
        ("2020-10-23", "2023-01-20", "2 years, 3 months"),
        ("2008-05-10", "2009-09", "about 16 months"),
        ("2008-05", "2008-11", "at least 5 months, at most 7 months"),
        ("2008", "2010", "at least 1 year, at most 3 years"),
        ("2008", "2008", "at least less than a day, at most 1 year"),
    ],
)
def test_a_duration_is_as_precise_as_its_dates(in_force: str, ended: str, words: str) -> None:
    with override("en"):
        assert duration_in_words(a_case(in_force, ended)) == words


def test_what_holds_counts_until_the_day_of_which_it_is_known() -> None:
    holding = a_case("2020-10-23", outcome="holding", as_of="2023-01-20")

    assert duration_of(holding) == Duration(819, 819, goes_on=True)
    with override("en"):
        assert duration_in_words(holding) == "at least 2 years, 3 months and counting"


def test_the_declaration_counts_where_nothing_says_when_it_was_in_force() -> None:
    assert duration_of(a_case("", "2008-05-21", declared="2008-05-20")) == Duration(1, 1)


@pytest.mark.parametrize(
    "case, reason, words",
    [
        (a_case("2008-05-21", outcome="disputed", as_of="2009-01-01"), Undated.NO_END, "not dated"),
        (a_case("2008-05-21", outcome="holding"), Undated.NO_END, "not dated"),
        (a_case("", "2008-05-21"), Undated.NO_START, "not dated"),
        (a_case("", outcome="never_took_effect", declared="2008-05-21"), Undated.NEVER, "Never took effect"),
    ],
)
def test_what_is_not_known_is_not_counted(case: Case, reason: Undated, words: str) -> None:
    assert duration_of(case) is reason
    with override("en"):
        assert duration_in_words(case) == words


@pytest.mark.parametrize(
    "days, arabic, french",
    [
        (1, "يوم واحد", "1 jour"),
        (2, "يومان", "2 jours"),
        (7, "7 أيام", "7 jours"),
        (11, "11 يوماً", "11 jours"),
        (61, "شهران", "2 mois"),
        (731, "سنتان", "2 ans"),
        (820, "سنتان و3 أشهر", "2 ans et 3 mois"),
    ],
)
def test_duals_and_plurals_are_those_of_the_language(days: int, arabic: str, french: str) -> None:
    duration = Duration(days, days)
    with override("ar"):
        assert duration.in_words() == arabic
    with override("fr"):
        assert duration.in_words() == french
