"""Below a term of the glossary stands the list of cases that it describes, with how many there are."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.described import ASKED
from cases.models import Case
from cases.vocabulary import CeasefireClass, Outcome, PartyRole
from pillars.hooks import described_by
from portal.starter import reading
from publishing.models import counting
from publishing.models.counting import counted_together
from tests.factories import publish_actor, publish_case, publish_term
from tests.portal.fronts import a_front, ask
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def guaranteed(*actors: Any) -> Any:
    """A case with these guarantors."""
    return publish_case(rows={"participation": [{"actor": one, "role": "guarantor"} for one in actors]})


def lists(client: Client, address: str) -> list[tuple[str, str]]:
    """Where the lists lead, and what they are called."""
    document = Document.of(client.get(address).content.decode())
    paragraphs = [*document.all("p", class_="describes")]
    links = [one for one in document.all("a") if any(above in paragraphs for above in one.above)]
    return [(link["href"], " ".join(link.text.split())) for link in links]


@pytest.mark.every_database
def test_the_number_is_that_of_the_list(client: Client) -> None:
    publish_term(slug="guarantor", title_en="guarantor")
    publish_term(slug="holding", title_en="holding")
    publish_term(slug="humanitarian-pause", title_en="humanitarian pause")
    guaranteed(publish_actor(), publish_actor())
    guaranteed(publish_actor())
    publish_case(outcome="holding", outcome_as_of="2020", ceasefire_class="humanitarian_pause")

    found = sorted(lists(client, "/en/glossary/"))

    assert found == [
        ("/en/cases/?ceasefire_class=humanitarian_pause", "Ceasefires of this class (1)"),
        ("/en/cases/?outcome=holding", "Ceasefires with this outcome (1)"),
        ("/en/cases/?role=guarantor", "Ceasefires with somebody in this role (2)"),
    ]
    for address, label in found:
        assert f"({client.get(address).context['page_obj'].paginator.count})" in label
    assert lists(client, "/en/glossary/guarantor/") == [found[-1]]


def test_a_list_without_cases_is_not_named(client: Client) -> None:
    publish_term(slug="guarantor", title_en="guarantor")

    assert lists(client, "/en/glossary/") == []


def test_of_many_it_says_that_there_are_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("publishing.models.counting", "pillars.hooks"):
        monkeypatch.setattr(f"{module}.MOST_TOGETHER", 1)
    publish_term(slug="guarantor", title_en="guarantor")
    guaranteed(publish_actor())
    assert lists(client, "/en/glossary/")[0][1].endswith("(1)")

    guaranteed(publish_actor())

    assert lists(client, "/en/glossary/")[0][1].endswith("(more than 1)")


def test_all_lists_are_counted_in_one_query() -> None:
    guaranteed(publish_actor())

    with CaptureQueriesContext(connection) as captured:
        found = described_by(ASKED)

    assert len(captured) == 1
    assert [one.number for one in found["guarantor"]] == [1]


def test_nothing_is_counted_without_a_question() -> None:
    with CaptureQueriesContext(connection) as captured:
        assert described_by(["no-such-term"]) == {"no-such-term": []}
        assert counted_together({"none": Case.objects.none()}) == {"none": 0}

    assert len(captured) == 0
    assert counting.MOST_TOGETHER == 1000


def test_each_term_is_in_the_glossary_and_each_word_in_its_vocabulary() -> None:
    words = {"role": PartyRole, "ceasefire_class": CeasefireClass, "outcome": Outcome}

    glossary = {one["fields"]["slug"] for one in reading.read_all() if one["kind"] == "term"}
    assert {*ASKED} <= glossary
    assert all(answer in words[question].values for question, answer in ASKED.values())


@pytest.mark.django_db(transaction=True)
def test_a_kept_glossary_counts_anew(client: Client) -> None:
    publish_term(slug="guarantor", title_en="guarantor")
    guaranteed(publish_actor())
    front = a_front()
    assert b"(1)" in ask(front, "/en/glossary/").body

    guaranteed(publish_actor())

    assert b"(2)" in ask(front, "/en/glossary/").body
