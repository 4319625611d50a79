"""The doors of the front page lead to lists of cases and to countries, and say truly how many stand there."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.vocabulary import Outcome
from publishing.models import Entry
from tests.factories import (
    publish_actor,
    publish_case,
    publish_change,
    publish_initiative,
    publish_place,
    publish_theme,
)
from tests.portal.fronts import a_front, ask, rendered
from tests.whole_site.reading import Document, Element

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


# Two of them are for the marks of entries and three count; outside of a transaction, what they read is remembered.
MOST_QUERIES = 14
# Lists with a question, and pages of countries.
OF_CASES = r"\?|/places/"


def mediated_by(*actors: Any, **fields: Any) -> Entry:
    """A case with these mediators."""
    parts = [{"actor": actor, "role": "mediator"} for actor in actors]
    return publish_case(rows={"participation": parts}, **fields)


def doors(client: Client, language: str = "en") -> dict[str, int]:
    """Where each door leads, and the number on it."""
    return numbers_on(client.get(f"/{language}/").content.decode())


def numbers_on(page: str) -> dict[str, int]:
    found = Document.of(page)
    links = [link for link in found.all("a") if within(link, "door") and re.search(OF_CASES, link["href"])]
    ends = {link["href"]: re.search(r"(\d+)$", link.text.strip()) for link in links}
    return {address: int(number[1]) for address, number in ends.items() if number}


def within(element: Element, name: str) -> bool:
    return any(name in one.classes for one in element.above)


def listed(client: Client, address: str) -> int:
    """How many cases the list, or the page of the country, says that it has."""
    context = client.get(address).context
    return context["summary"].cases if "summary" in context else context["page_obj"].paginator.count


@pytest.mark.every_database
@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_each_number_is_that_of_the_list_behind_the_door(client: Client, language: str) -> None:
    body = publish_actor(slug="body")
    committee = publish_actor(slug="committee", part_of=body)
    part = publish_actor(slug="part", part_of=committee)
    yemen, libya = publish_place(slug="yemen"), publish_place(slug="libya")
    # Twice the same body in one case, once by a part of a part, and once in another role.
    mediated_by(body, committee, countries=[yemen], outcome="holding", outcome_as_of="2020")
    mediated_by(part, countries=[yemen, libya])
    publish_case(rows={"participation": [{"actor": committee, "role": "host"}]}, countries=[yemen])

    found = doors(client, language)

    assert found == {address: listed(client, address) for address in found}
    short = {address.removeprefix(f"/{language}/"): number for address, number in found.items()}
    assert short == {
        "cases/?outcome=holding": 1,
        "cases/?outcome=unknown": 2,
        "cases/?actor=body&role=mediator": 2,
        "cases/?actor=committee&role=mediator": 2,
        "cases/?actor=part&role=mediator": 1,
        "places/yemen/": 3,
        "places/libya/": 1,
    }


def test_ten_mediators_stand_there_those_of_most_cases_first(client: Client) -> None:
    busiest = publish_actor(slug="busiest")
    for number in range(11):
        mediated_by(publish_actor(slug=f"mediator-{number}"), busiest)

    mediators = [address for address in doors(client) if "role=mediator" in address]

    assert len(mediators) == 10
    assert "actor=busiest" in mediators[0]


def test_further_countries_are_folded_and_all_of_them_stand_in_the_order_of_their_names(
    client: Client,
) -> None:
    names = [f"Country {letter}" for letter in "ABCDEFGHIJKLMNOPQ"]
    for name in reversed(names):
        publish_case(countries=[publish_place(title_en=name, slug=name.lower().replace(" ", "-"))])
    busiest = Entry.objects.get(slug="country-q").place
    publish_case(countries=[busiest])

    document = Document.of(client.get("/en/").content.decode())

    chips = [link for link in document.all("a") if within(link, "chips")]
    folded = [link for link in chips if any(one.name == "details" for one in link.above)]
    at_once = [link.text.split(" ")[1] for link in chips if link not in folded]
    assert len(chips) == 17
    assert len(folded) == 3
    assert at_once == sorted(at_once)
    assert "Q" in at_once


def test_an_outcome_of_no_case_has_no_door(client: Client) -> None:
    publish_case(outcome=Outcome.COLLAPSED, outcome_as_of="2020", ended_on="2020")

    assert [address for address in doors(client) if "outcome=" in address] == ["/en/cases/?outcome=collapsed"]


def test_an_empty_casebook_has_doors_to_what_explains_it(client: Client) -> None:
    document = Document.of(client.get("/en/").content.decode())

    headings = [one.text for one in document.all("h3") if within(one, "door")]
    assert headings == ["Look it up"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.every_database
def test_kept_doors_follow_a_change_of_a_role(client: Client) -> None:
    actor, front = publish_actor(slug="envoy"), a_front()
    door = "/en/cases/?actor=envoy&role=mediator"
    mediated_by(actor)
    assert numbers_on(ask(front, "/en/").body.decode())[door] == 1
    ask(front, "/en/")
    assert rendered(front) == 1

    publish_change(publish_case(), rows={"participation": [{"actor": actor, "role": "mediator"}]})

    assert numbers_on(ask(front, "/en/").body.decode())[door] == 2


def test_the_bars_stand_below_their_countries_and_say_how_long_each_lasted(client: Client) -> None:
    yemen, mali = publish_place(title_en="Yemen"), publish_place(title_en="Mali")
    ended: dict[str, Any] = {"outcome": "collapsed", "outcome_as_of": "2021"}
    publish_case(
        title_en="First", countries=[yemen], declared_on="2020-01-01", ended_on="2020-01-15", **ended
    )
    publish_case(title_en="Second", countries=[mali], declared_on="2020-02-01", **ended)
    publish_case(
        title_en="Third", countries=[yemen], declared_on="2020-03-01", ended_on="2020-09-01", **ended
    )

    document = Document.of(client.get("/en/").content.decode())

    def of(name: str, class_: str) -> list[str]:
        return [" ".join(one.text.split()) for one in document.all(name, class_=class_)]

    assert of("p", "where") == ["Yemen", "Mali"]
    assert of("div", "name") == ["Third", "First", "Second"]
    assert of("span", "lasted") == ["6 months", "14 days", "not dated"]


def test_eight_bars_stand_at_once_and_the_others_are_folded(client: Client) -> None:
    for number in range(10):
        publish_case(declared_on=f"20{number:02}", countries=[publish_place()])

    document = Document.of(client.get("/en/").content.decode())

    names = [*document.all("div", class_="name")]
    folded = [one for one in names if any(around.name == "details" for around in one.above)]
    assert (len(names), len(folded)) == (10, 2)


def test_the_front_page_takes_few_queries(client: Client) -> None:
    for _number in range(7):
        mediated_by(publish_actor(), countries=[publish_place()], declared_on="2020")
        publish_initiative(main_theme=publish_theme())
    client.get("/en/")

    with CaptureQueriesContext(connection) as captured:
        client.get("/en/")

    assert len(captured) <= MOST_QUERIES
