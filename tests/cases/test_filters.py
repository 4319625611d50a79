"""The list of cases answers exactly what was asked of it."""

from collections.abc import Callable

import pytest
from django.test import Client

from publishing.models import Entry
from tests.databases import some_on_every_database
from tests.factories import (
    publish_actor,
    publish_case,
    publish_initiative,
    publish_place,
    publish_theme,
)
from tests.kept import kept
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("remembered")]

PER_PAGE = 25


@kept
def four_cases() -> None:
    """Cases of four places, outcomes, classes and times, of which two share each actor, role and theme."""
    libya, sudan = publish_place(slug="libya"), publish_place(slug="sudan")
    qatar, egypt = publish_actor(slug="qatar"), publish_actor(slug="egypt")
    monitoring, dialogue = publish_theme(slug="monitoring"), publish_theme(slug="dialogue")
    published = {
        "day": {
            "declared_on": "2020-10-23", "outcome": "holding", "outcome_as_of": "2021",
            "ceasefire_class": "definitive_ceasefire", "countries": [libya], "themes": [monitoring],
            "rows": {"participation": [{"actor": qatar, "role": "mediator"},
                                       {"actor": egypt, "role": "host"}]},
        },
        "month": {
            "declared_on": "2008-05", "ended_on": "2011-01", "outcome": "collapsed", "outcome_as_of": "2011",
            "ceasefire_class": "humanitarian_pause", "countries": [libya, sudan], "themes": [dialogue],
            "rows": {"participation": [{"actor": qatar, "role": "host"},
                                       {"actor": egypt, "role": "mediator"}]},
        },
        "year": {
            "declared_on": "1994", "ended_on": "1995", "outcome": "expired", "outcome_as_of": "1995",
            "ceasefire_class": "humanitarian_pause", "countries": [sudan], "themes": [monitoring, dialogue],
        },
        "undated": {},
    }  # fmt: skip
    for slug, fields in published.items():
        publish_case(slug=slug, **fields)


@pytest.fixture
def listed(client: Client) -> Callable[[str], list[str]]:
    """The slugs of what a query lists, in order."""

    def read(query: str, address: str = "/en/cases/") -> list[str]:
        document = Document.of(client.get(address, QUERY_STRING=query).content.decode())
        links = [
            link["href"]
            for link in document.all("a")
            if [one.name for one in link.above[-2:]] in (["article", "h2"], ["tr", "th"])
            and "?" not in link["href"]
        ]
        return [link.split("/")[-2] for link in links]

    return read


QUESTIONS = {
    "": "day month year undated",
    "order=oldest": "year month day undated",
    "outcome=holding": "day",
    "outcome=expired": "year",
    "outcome=disputed": "",
    "ceasefire_class=humanitarian_pause": "month year",
    "country=libya": "day month",
    "country=sudan": "month year",
    "country=libya&outcome=collapsed": "month",
    "theme=dialogue": "month year",
    "theme=monitoring&country=libya": "day",
    "actor=qatar": "day month",
    "role=mediator": "day month",
    "actor=qatar&role=mediator": "day",
    "actor=egypt&role=mediator": "month",
    "actor=qatar&role=witness": "",
    "since=2020": "day",
    "since=2012": "day",
    "since=2011": "day month",
    "since=2009": "day month",
    "since=1996": "day month",
    "since=1995": "day month year",
    "until=1993": "",
    "until=1994": "year",
    "until=2008": "month year",
    "until=2019": "month year",
    "until=2020": "day month year",
    "since=2011&until=2019": "month",
    "since=2012&until=2019": "",
    "since=1995&until=1995": "year",
    "since=2030": "day",
    "outcome=holding&outcome=expired": "day year",
    "outcome=-holding": "month year undated",
    "outcome=-holding&outcome=-expired": "month undated",
    "country=-libya": "year undated",
    "country=libya&country=sudan": "day month year",
    "country=libya&country=-sudan": "day",
    "country=none": "undated",
    "country=none&country=libya": "day month undated",
    "country=-none": "day month year",
    "theme=dialogue&theme=monitoring": "day month year",
    "theme=-dialogue": "day undated",
    "mediator=qatar": "day",
    "mediator=qatar&mediator=egypt": "day month",
    "mediator=none": "year undated",
    "mediator=-qatar": "month year undated",
    "actor=qatar&role=mediator&role=host": "day month",
    "actor=qatar&actor=egypt&role=mediator": "day month",
    "actor=-qatar&role=mediator": "month",
    "actor=egypt&role=-host": "month",
    "actor=none&role=mediator": "year undated",
    "sort=signed": "year month day undated",
    "sort=-signed": "day month year undated",
    "sort=title&order=oldest": "day month year undated",
    "sort=outcome": "day year month undated",
    "as=cards": "day month year undated",
}
# The others put other values in the same queries.
ONE_OF_EACH_KIND = [
    "all", "order=oldest", "outcome=holding", "country=libya&outcome=collapsed", "theme=monitoring&country=libya",
    "actor=qatar", "role=mediator", "actor=qatar&role=mediator", "since=2009", "since=1995", "until=1994",
    "until=2008", "since=2011&until=2019", "since=1995&until=1995",
]  # fmt: skip
NOT_UNDERSTOOD = {
    "outcome=none": "day month year undated",
    "country=nowhere&outcome=holding": "day",
    "since=abc&until=1994": "year",
    "page=2": "day month year undated",
}


@pytest.mark.usefixtures("four_cases")
@pytest.mark.parametrize(
    "query", some_on_every_database({query or "all": query for query in QUESTIONS}, ONE_OF_EACH_KIND)
)
def test_the_list_holds_exactly_what_was_asked_for(listed: Callable, query: str) -> None:
    assert listed(query) == QUESTIONS[query].split()


@pytest.mark.usefixtures("four_cases")
@pytest.mark.parametrize("query, wanted", NOT_UNDERSTOOD.items(), ids=NOT_UNDERSTOOD)
def test_what_is_not_understood_is_passed_over(listed: Callable, query: str, wanted: str) -> None:
    assert listed(query) == wanted.split()


@pytest.mark.usefixtures("four_cases")
def test_what_was_asked_for_is_said_and_each_can_be_taken_away(client: Client) -> None:
    html = client.get("/en/cases/?country=libya&outcome=holding&page=1").content.decode()

    document = Document.of(html)
    ways = [link["href"] for link in document.all("a") if any("chosen" in one.classes for one in link.above)]
    assert sorted(ways) == [
        "?country=-libya&outcome=holding",
        "?country=libya",
        "?country=libya&outcome=-holding",
        "?outcome=holding",
    ]
    assert "Holding" in document.one("ul", class_="chosen").text


@pytest.mark.every_database
def test_initiatives_are_found_by_theme_and_country(listed: Callable) -> None:
    housing, place = publish_theme(slug="housing"), publish_place(slug="iraq")
    publish_initiative(slug="both", main_theme=housing, countries=[place])
    publish_initiative(slug="theme", main_theme=housing)
    publish_initiative(slug="country", countries=[place])

    found = {
        query: set(listed(query, "/en/initiatives/"))
        for query in ("theme=housing", "country=iraq", "theme=housing&country=iraq")
    }

    assert found == {
        "theme=housing": {"both", "theme"},
        "country=iraq": {"both", "country"},
        "theme=housing&country=iraq": {"both"},
    }


@kept
def forty_cases() -> list[Entry]:
    """More than fit on a page; ten of them are of another outcome."""
    return [
        publish_case(
            slug=f"case-{number:02}", declared_on=f"19{number + 10}", outcome=outcome, outcome_as_of="2000"
        )
        for number in range(40)
        for outcome in ["holding" if number % 4 else "disputed"]
    ]


@pytest.mark.every_database
@pytest.mark.usefixtures("forty_cases")
def test_a_page_of_the_list_holds_twenty_five(listed: Callable) -> None:
    first, second = listed(""), listed("page=2")

    assert (len(first), len(second)) == (PER_PAGE, 15)
    assert len({*first, *second}) == 40


@pytest.mark.usefixtures("forty_cases")
def test_what_was_asked_for_stays_on_the_next_page(listed: Callable, client: Client) -> None:
    html = client.get("/en/cases/?outcome=holding&order=oldest").content.decode()
    following = Document.of(html).one("a", rel="next")["href"]

    assert following == "?outcome=holding&order=oldest&page=2"
    assert listed(following[1:]) == sorted(listed(following[1:]))
    assert len(listed(following[1:])) == 30 - PER_PAGE


@pytest.mark.usefixtures("forty_cases")
@pytest.mark.parametrize(
    "page, shown", [("0", 2), ("-1", 2), ("99", 2), ("1" + "0" * 30, 2), ("x", 1), ("", 1)]
)
def test_a_page_that_there_is_not_leads_to_the_nearest(client: Client, page: str, shown: int) -> None:
    html = client.get("/en/cases/", {"page": page}).content.decode()

    assert f"Page {shown} of 2" in Document.of(html).text
