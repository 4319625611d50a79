"""The list of actors: by kind, by name, or with most roles first."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.views_of_actors import ActorList
from publishing.models import Entry
from tests.factories import publish_actor, publish_case, publish_initiative, publish_theme
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LIST = "/en/actors/"


def with_roles(number: int, **fields: str) -> None:
    actor = publish_actor(**fields)
    for _case in range(number):
        publish_case(rows={"participation": [{"actor": actor}]})
    if not number:
        publish_actor(part_of=actor)
    Entry.objects.update(is_in_use=True)


@pytest.fixture
def three_actors() -> None:
    """Two states and an armed group; Ghana has most roles."""
    with_roles(1, title_en="Algeria", actor_type="state")
    with_roles(2, title_en="Ghana", actor_type="state")
    with_roles(1, title_en="Front", actor_type="armed_group")


def read(client: Client, address: str) -> Document:
    return Document.of(client.get(address).content.decode())


def names(document: Document) -> list[str]:
    """The actors, in the order in which they are listed."""
    lists = [*document.all("ul", class_="short-list columns compact")]
    return [link.text for link in document.all("a") if any(one in lists for one in link.above)]


def headings(document: Document) -> list[str]:
    return [" ".join(one.text.split()) for one in document.all("h2") if one["id"].startswith("kind-")]


def test_all_that_fit_on_a_page_stand_by_kind(client: Client, three_actors: None) -> None:
    document = read(client, LIST)

    assert headings(document) == ["State 2", "Armed group 1"]
    assert names(document) == ["Algeria", "Ghana", "Front"]


def test_one_kind_is_asked_for(client: Client, three_actors: None) -> None:
    document = read(client, f"{LIST}?kind=armed_group")

    assert names(document) == ["Front"]
    chosen = [one.text.split()[:2] for one in document.all("a") if one["aria-current"] == "true"]
    assert ["Armed", "group"] in chosen


@pytest.mark.every_database
def test_those_with_most_roles_come_first(client: Client, three_actors: None) -> None:
    assert names(read(client, f"{LIST}?order=roles")) == ["Ghana", "Algeria", "Front"]
    assert names(read(client, f"{LIST}?order=roles&kind=armed_group")) == ["Front"]


def test_roles_in_initiatives_count(client: Client, three_actors: None) -> None:
    front = Entry.objects.get(title_en="Front").actor
    for role in ("donor", "lead"):
        publish_initiative(main_theme=publish_theme(), rows={"partner": [{"actor": front, "role": role}]})

    assert names(read(client, f"{LIST}?order=roles"))[0] == "Front"


def test_more_than_a_page_stand_by_name_and_the_kinds_count_all_of_them(
    client: Client, three_actors: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ActorList, "paginate_by", 2)

    document = read(client, LIST)

    assert headings(document) == []
    assert names(document) == ["Algeria", "Front"]
    assert names(read(client, f"{LIST}?page=2")) == ["Ghana"]
    assert "State 2" in " ".join(document.text.split())


@pytest.mark.parametrize(
    "query, line",
    [
        ("kind=planet", "kind = planet"),
        ("order=size", "order = size"),
        ("kind=state&kind=person", "kind = state"),
        ("kind=%F0%9F%98%80&words=x", "kind = 😀, words = x"),
    ],
)
def test_what_it_does_not_know_is_said(client: Client, query: str, line: str, three_actors: None) -> None:
    document = read(client, f"{LIST}?{query}")

    assert " ".join(document.one("p", class_="not-understood").text.split()) == f"Not understood: {line}"


@pytest.mark.every_database
def test_words_of_a_name_are_asked_for_and_the_kinds_count_what_answers(
    client: Client, three_actors: None
) -> None:
    with_roles(1, title_en="Front of the North", title_ar="جبهة الشمال", actor_type="state")

    document = read(client, f"{LIST}?q=front")

    assert names(document) == ["Front", "Front of the North"]
    assert [one.text.split()[-1] for one in document.all("a") if "kind=" in one["href"]] == ["1", "1"]
    assert names(read(client, f"{LIST}?q=جبهه&kind=state")) == ["Front of the North"]
    assert "No actor matches this." in read(client, f"{LIST}?q=nobody").text


@pytest.mark.parametrize("query", ["", "?kind=state", "?order=roles", "?kind=state&order=roles", "?q=front"])
def test_the_list_takes_few_queries(client: Client, query: str, three_actors: None) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{LIST}{query}")

    assert len(captured) <= 5
