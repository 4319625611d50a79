"""On the timeline of cases each bar says from when to when, and whether it went on."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from cases.models import Case
from cases.timelines import Bar, CaseTimeline, case_timeline
from tests.factories import publish_case, publish_place
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def published(**fields: Any) -> Case:
    fields = {"declared_on": "2010-01-01", "outcome": "collapsed", "outcome_as_of": "2020", **fields}
    return publish_case(**fields)


def timeline(*cases: Case) -> CaseTimeline:
    return case_timeline([*Case.objects.for_list().filter(pk__in=[case.pk for case in cases]).newest_first()])


def bar_of(case: Case) -> Bar:
    """The bar of the case on a line from 2000 to the end of 2020."""
    first, last = published(declared_on="2000-01-01"), published(declared_on="2020-12-31")
    return next(
        bar for group in timeline(first, last, case).groups for bar in group.bars if bar.case.pk == case.pk
    )


@pytest.mark.parametrize(
    "fields, end",
    [
        ({"ended_on": "2015"}, "ended"),
        ({"ended_on": "2015", "outcome": "disputed"}, "ended"),
        ({"outcome": "holding"}, "goes_on"),
        ({"outcome": "disputed"}, "may_go_on"),
        ({}, "may_go_on"),
        ({"outcome": "never_took_effect"}, "never"),
    ],
    ids=["ended", "disputed, but ended", "holding", "disputed", "no day of its end", "never took effect"],
)
def test_a_bar_says_how_it_ends(fields: dict[str, str], end: str) -> None:
    assert bar_of(published(**fields)).end == end


def test_a_bar_reaches_from_the_declaration_to_the_end() -> None:
    bar = bar_of(published(declared_on="2010-12-31", ended_on="2015-12-31"))

    assert bar.x == pytest.approx(100 * 11 / 21, abs=0.2)
    assert bar.width == pytest.approx(100 * 5 / 21, abs=0.2)
    assert bar.tip == pytest.approx(bar.x + bar.width, abs=0.05)
    assert bar.lasted == "5 years"


def test_in_arabic_time_runs_from_the_right() -> None:
    case = published(declared_on="2010-12-31", ended_on="2015-12-31")
    bar = bar_of(case)

    with override("ar"):
        mirrored = bar_of(case)

    assert mirrored.x == pytest.approx(100 - bar.x - bar.width, abs=0.05)
    assert mirrored.tip == pytest.approx(mirrored.x, abs=0.05)


def test_the_shortest_bar_is_seen_and_stays_on_the_line() -> None:
    bar = bar_of(published(declared_on="2020-12-30", ended_on="2020-12-31"))

    assert bar.width >= 0.9
    assert bar.x + bar.width <= 100


def test_cases_stand_below_their_country_and_those_of_several_at_the_end() -> None:
    chad, libya = publish_place(title_en="Chad"), publish_place(title_en="Libya")
    cases = [published(countries=[libya]), published(countries=[chad, libya]), published(countries=[chad])]

    groups = timeline(*cases, published()).groups

    assert [group.name for group in groups] == ["Chad", "Libya", "No country named", "Several countries"]


def test_a_case_without_a_date_is_named_apart() -> None:
    undated = publish_case(outcome="unknown")

    found = timeline(undated, published())

    assert [case.pk for case in found.undated] == [undated.pk]
    assert timeline(undated).groups == []


@pytest.mark.parametrize("page", ["", "cases/timeline/"])
def test_behind_each_bar_stand_the_lines_of_the_years(client: Client, page: str) -> None:
    published(declared_on="2000-01-01", ended_on="2004-01-01")
    published()

    document = Document.of(client.get(f"/en/{page}").content.decode())

    [lines] = [one for one in document.all("symbol") if one["id"] == "years"]
    assert len([one for one in document.all("line") if lines in one.above]) >= 3
    bars = [one for one in document.all("rect") if "bar" in one.classes]
    uses = [one for one in document.all("use") if one["href"] == "#years"]
    assert len(uses) == len(bars) == 2


def test_the_page_has_a_row_for_each_case_and_says_the_same_in_words(client: Client) -> None:
    published(title_en="A long truce", ended_on="2012-01-01")

    html = client.get("/en/cases/timeline/").content.decode()

    for said in ("A long truce", "1 January 2010 – 1 January 2012", "2 years", "Collapsed"):
        assert said in html
    assert client.get("/en/cases/timeline/?outcome=holding").context["timeline"].groups == []
