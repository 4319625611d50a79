"""What an address asks and nobody understands is said on the page, and not passed over in silence."""

import pytest
from django.test import Client
from django.urls import reverse

from publishing.models.entry import kinds
from tests.factories import (
    publish_actor,
    publish_case,
    publish_initiative,
    publish_place,
)
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OTHERS = {"portal:changes", "cases:map", "cases:timeline", "cases:figures", "cases:brief"}
LISTS = sorted({kind.LIST_PAGE for kind in kinds().values() if kind.LIST_PAGE} | OTHERS)


def said(client: Client, address: str) -> list[str]:
    """The visible lines about the address."""
    document = Document.of(client.get(address).content.decode())
    return [" ".join(one.text.split()) for one in document.all("p", class_="not-understood")]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.usefixtures("one_of_each")
def test_every_list_says_what_it_does_not_know(client: Client, name: str) -> None:
    assert said(client, reverse(name)) == []
    [line] = said(client, f"{reverse(name)}?nothing=hudna&zzz=%3Cb%3E")
    assert line == "Not understood: nothing = hudna, zzz = <b>"


UNKNOWN = {
    "outcome=zzz": "outcome = zzz",
    "country=YE": "country = YE",
    "theme=monitoring-and-verification": "theme = monitoring-and-verification",
    "actor=nobody&role=": "actor = nobody",
    "role=chief": "role = chief",
    "ceasefire_class=x": "ceasefire_class = x",
    "order=y": "order = y",
    "since=20x0": "since = 20x0",
    "page=zzz": "page = zzz",
    "page=7": "page = 7",
    "outcome=-zzz": "outcome = -zzz",
    "outcome=holding&outcome=-holding": "outcome = -holding",
    "outcome=none": "outcome = none",
    "mediator=nobody": "mediator = nobody",
    "region=atlantis": "region = atlantis",
    "sort=y": "sort = y",
    "as=map": "as = map",
    "q=a&q=b": "q = a",
    "Outcome=holding": "Outcome = holding",
}


@pytest.mark.parametrize("query, line", UNKNOWN.items())
def test_the_list_of_cases_says_each(client: Client, query: str, line: str) -> None:
    publish_case(outcome="expired", outcome_as_of="2020")

    assert said(client, f"/en/cases/?{query}") == [f"Not understood: {line}"]


@pytest.mark.parametrize(
    "query", ["", "outcome=&since=", "outcome=expired&page=1&order=title", "country=iraq"]
)
def test_nothing_is_said_of_what_is_understood(client: Client, query: str) -> None:
    publish_place(slug="iraq")
    publish_case(outcome="expired", outcome_as_of="2020")

    assert said(client, f"/en/cases/?{query}") == []


def test_a_flood_is_not_said_in_full(client: Client) -> None:
    query = "&".join(f"x{number}={'y' * 500}" for number in range(100))

    [line] = said(client, f"/en/cases/?{query}")

    assert len(line) < 2000


@pytest.mark.parametrize("address", ["/en/cases/", "/en/changes/"])
def test_years_the_wrong_way_round_are_turned_and_that_is_said(client: Client, address: str) -> None:
    publish_case(slug="a", declared_on="2009", ended_on="2009")

    [line] = said(client, f"{address}?since=2010&until=2008")

    assert line == "The years were the wrong way round: this is from 2008 to 2010."
    assert said(client, f"{address}?since=2008&until=2010") == []


@pytest.mark.every_database
def test_years_that_were_turned_answer_as_the_right_ones(client: Client) -> None:
    for slug, year in (("a", "2007"), ("b", "2009"), ("c", "2011")):
        publish_case(slug=slug, declared_on=year, ended_on=year)

    found = client.get("/en/cases/?since=2010&until=2008").context["cases"]

    assert [case.slug for case in found] == ["b"]


@pytest.mark.every_database
def test_only_what_leads_somewhere_is_offered_and_all_that_is_chosen(client: Client) -> None:
    yemen = publish_place(slug="yemen", title_en="Yemen")
    publish_place(slug="iraq", title_en="Iraq")
    qatar = publish_actor(slug="qatar", title_en="Qatar")
    publish_actor(slug="egypt", title_en="Egypt")
    publish_case(
        countries=[yemen], outcome="holding", outcome_as_of="2020",
        rows={"participation": [{"actor": qatar, "role": "host"}]},
    )  # fmt: skip
    publish_initiative(countries=[yemen])

    def offered(query: str, address: str = "/en/cases/") -> dict[str, list[str]]:
        choices = client.get(f"{address}?{query}").context["filter"].choices
        return {
            facet.name: [str(one.label) for one in several if one.value != "none"]
            for facet, several in choices
            if facet.name in {"role", "outcome", "country", "actor"}
        }

    least = {"country": ["Yemen"], "actor": ["Qatar"], "role": ["Host"], "outcome": ["Holding"]}
    assert offered("") == least
    # What is chosen is offered in any case, beside what some case has.
    asked = offered("country=iraq&outcome=expired")
    assert asked == {"country": ["Iraq"], "actor": [], "role": ["Host"], "outcome": ["Holding", "Expired"]}
    assert offered("", "/en/initiatives/") == {"country": ["Yemen"]}


@pytest.mark.every_database
def test_an_empty_answer_offers_what_is_near_with_counts(client: Client) -> None:
    league, qatar = publish_actor(slug="league"), publish_actor(slug="qatar")
    for actor, role in ((league, "host"), (league, "witness"), (qatar, "mediator")):
        publish_case(rows={"participation": [{"actor": actor, "role": role}]})

    page = client.get("/en/cases/?actor=league&role=mediator&since=1900&order=title")
    document = Document.of(page.content.decode())

    assert page.context["filter"].near() == []
    page = client.get("/en/cases/?actor=league&role=mediator&order=title")
    document = Document.of(page.content.decode())
    near = [" ".join(one.text.split()) for one in document.all("li") if "near" in one.above[-1].classes]
    assert near == ["Actor: any · 1 result", "Role: any · 2 results"]
    ways = [one["href"] for one in document.all("a") if any("near" in above.classes for above in one.above)]
    assert [len(client.get(f"/en/cases/{way}").context["cases"]) for way in ways] == [1, 2]


def test_another_language_is_asked_the_same(client: Client) -> None:
    page = client.get("/en/cases/?outcome=zzz&q=hudna&since=2010&until=2008").content.decode()

    assert "/fr/cases/?outcome=zzz&amp;q=hudna&amp;since=2010&amp;until=2008" in page


# --- addresses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked, right",
    [
        pytest.param("/en/cases/Libya-2020/", "/en/cases/libya-2020/", marks=pytest.mark.every_database),
        ("/fr/cases/LIBYA-2020/history/?page=1", "/fr/cases/libya-2020/history/?page=1"),
        ("/en/cases/Libya-2020/?as_of=2024-01-01", "/en/cases/libya-2020/?as_of=2024-01-01"),
    ],
)
def test_an_address_in_other_capitals_leads_to_the_right_one(client: Client, asked: str, right: str) -> None:
    publish_case(slug="libya-2020")

    answer = client.get(asked)

    assert (answer.status_code, answer.headers["Location"]) == (302, right)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.every_database
def test_nothing_is_guessed_where_two_addresses_differ_in_capitals(client: Client) -> None:
    publish_case(slug="libya")
    publish_case(slug="LIBYA")

    assert client.get("/en/cases/libya/").status_code == client.get("/en/cases/LIBYA/").status_code == 200
    assert client.get("/en/cases/Libya/").status_code == 404


# More than a page names.
MANY_UNKNOWN = "&".join(f"zzz{number}=1" for number in range(30))


@pytest.mark.parametrize("page", ["", "map/", "timeline/", "figures/", "?as=cards"])
@pytest.mark.usefixtures("one_of_each")
def test_what_is_not_understood_is_in_no_link_of_a_list(client: Client, page: str) -> None:
    answer = client.get(f"/en/cases/{page}{'&' if '?' in page else '?'}{MANY_UNKNOWN}&outcome=zzzwrong")

    # But in those that lead to the same page in each language.
    links = [one["href"] for one in Document.of(answer.content.decode()).all("a") if not one["hreflang"]]
    assert [one for one in links if "zzz" in one] == []
