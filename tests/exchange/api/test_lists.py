"""The lists of the API: the same answers as the pages, in pages that go on where they ended."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from publishing.actions import retracting
from publishing.models import ChainHead, Revision
from tests.exchange.api.reading import ROOT, Reader
from tests.factories import (
    an_account,
    publish_actor,
    publish_case,
    publish_change,
    publish_one_of_each,
    publish_place,
    publish_source,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("remembered")]


@pytest.fixture
def reader(client: Client) -> Reader:
    """Somebody who read the description."""
    return Reader(client)


def slugs(page: Any) -> list[str]:
    return [one["slug"] for one in page["items"]]


@pytest.mark.every_database
@pytest.mark.parametrize(
    "query, number",
    [
        ("", 3),
        ("outcome=holding", 1),
        ("role=signatory", 2),
        ("since=1990&until=2010", 1),
        ("sort=title", 3),
        ("country=-none", 1),
        ("q=beta", 1),
    ],
)
def test_a_list_answers_what_its_page_answers_in_its_order(client: Client, query: str, number: int) -> None:
    place = publish_place(slug="libya")
    rows: Any = {"participation": [{"actor": publish_actor()}]}
    publish_case(title_en="Beta", declared_on="2020", outcome="holding", outcome_as_of="2021", rows=rows)
    publish_case(title_en="Gamma", declared_on="2008", ended_on="2008", rows=rows, countries=[place])
    publish_case(title_en="Alpha", declared_on="2015")

    page = client.get(f"/en/cases/?{query}").context["cases"]
    found = client.get(f"{ROOT}/cases?{query}").json()

    assert [one["id"] for one in found["items"]] == [str(case.pk) for case in page]
    assert (len(found["items"]), found["number"], found["number_of_all"]) == (number, number, 3)


def test_each_kind_of_entry_is_there(reader: Reader) -> None:
    published = publish_one_of_each()
    operations = [name for name in reader.paths if name.startswith("list_")]

    items = {one["id"]: one for name in operations for one in reader.all(name) if "slug" in one}

    assert {str(entry.pk) for entry in published.values()} <= {*items}


def test_an_item_is_what_was_published(reader: Reader) -> None:
    case = publish_case(slug="libya-2020", title_ar="هدنة", rows={"provision": [{"text_en": "Fire ceases"}]})
    revision = Revision.objects.newest_of(case.pk)

    (item,) = reader.ask("list_cases")["items"]

    assert item["snapshot"] == revision.snapshot
    assert (item["digest"], item["revision"], item["kind"]) == (revision.digest, 1, "case")
    assert item["pages"]["ar"].endswith("/ar/cases/libya-2020/")
    assert item["url"].endswith("/api/v1/cases/libya-2020")
    assert item["snapshot"]["fields"]["title_ar"] == "هدنة"


def test_all_pages_together_are_the_list(reader: Reader) -> None:
    keys = [str(publish_case(declared_on=f"20{number:02}").pk) for number in range(7)]

    found = [one["id"] for one in reader.all("list_cases", limit=3)]

    assert found == keys[::-1]
    assert reader.ask("list_cases")["head_of_the_chain"] == ChainHead.objects.get(pk=1).digest


def test_nothing_is_lost_or_comes_twice_while_others_are_published(reader: Reader) -> None:
    cases = [publish_case(slug=f"case-{number}", declared_on=f"20{number:02}") for number in range(10, 16)]
    first = reader.ask("list_cases", limit=3)
    publish_case(slug="newest", declared_on="2029")
    publish_change(cases[0], title_fr="Autre")
    retracting.retract(cases[2], reason="Never happened.", language="en", by=an_account(is_superuser=True))

    rest = reader.get(first["next"].partition("http://localhost:8000")[2])

    assert slugs(first) == ["case-15", "case-14", "case-13"]
    assert slugs(rest) == ["case-11", "case-10"]


def test_a_list_goes_on_where_the_last_of_a_page_is_gone(reader: Reader) -> None:
    cases = [publish_case(slug=f"case-{number}", declared_on=f"20{number:02}") for number in range(10, 14)]
    first = reader.ask("list_cases", limit=2)
    retracting.retract(cases[2], reason="Never happened.", language="en", by=an_account(is_superuser=True))

    rest = reader.get(first["next"].partition("http://localhost:8000")[2])

    # What stood behind it moved up by one, and the place is all that is known.
    assert slugs(rest) == ["case-10"]


def test_fields_are_chosen_by_their_names_or_stems_or_kinds_of_rows(reader: Reader) -> None:
    publish_case(title_fr="Trêve", rows={"provision": [{"text_en": "Fire ceases"}], "event": [{}]})

    (item,) = reader.ask("list_cases", fields="title,outcome,provision")["items"]

    assert {*item["snapshot"]["fields"]} == {"title_en", "title_ar", "title_fr", "outcome"}
    assert {*item["snapshot"]["rows"]} == {"provision"}
    assert reader.ask("list_cases", 400, fields="title,colour")["not_understood"] == [
        {"name": "fields", "value": "colour"}
    ]


def test_a_list_as_of_a_day_has_all_as_it_was_then(reader: Reader) -> None:
    changed = publish_case(slug="changed", title_en="Before")
    publish_case(slug="later")
    long_ago = timezone.now().replace(year=2001)
    Revision.objects.filter(entry_id=changed.pk).update(created_at=long_ago)
    type(changed).objects.filter(pk=changed.pk).update(published_at=long_ago)
    publish_change(changed, title_en="After")

    then = reader.ask("list_cases", as_of=f"{long_ago:%Y-%m-%d}")

    assert [one["snapshot"]["fields"]["title_en"] for one in then["items"]] == ["Before"]
    assert (then["number"], then["as_of"]) == (1, f"{long_ago:%Y-%m-%d}")
    assert reader.ask("list_cases", as_of="1999-12-31")["items"] == []


@pytest.mark.parametrize(
    "query, name",
    [
        ("outcome=nothing", "outcome"),
        ("colour=red", "colour"),
        ("as=cards", "as"),
        ("page=2", "page"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=9" + "9" * 4000, "limit"),
        ("limit=5&limit=6", "limit"),
        ("cursor=x", "cursor"),
        ("cursor=" + "A" * 201, "cursor"),
        ("cursor=W10", "cursor"),
        ("as_of=yesterday", "as_of"),
        ("as_of=3", "as_of"),
        ("as_of=2026-02-31", "as_of"),
        ("fields=", "fields"),
        ("outcome=", "outcome"),
        ("outcome=holding&outcome=", "outcome"),
        ("country=%ED%A0%80", "country"),
    ],
    ids=lambda one: one[:20],
)
def test_what_is_not_understood_is_named(client: Client, query: str, name: str) -> None:
    publish_case()

    answer = client.get(f"{ROOT}/cases", QUERY_STRING=query)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert name in [one["name"] for one in answer.json()["not_understood"]]


def test_filters_and_the_past_are_not_asked_together(client: Client) -> None:
    answer = client.get(f"{ROOT}/cases?as_of=2026-01-01&outcome=holding")

    assert (answer.status_code, "as_of" in answer.json()["detail"]) == (400, True)


def test_the_cursor_of_another_question_is_told_from_what_is_no_cursor(reader: Reader) -> None:
    for _number in range(3):
        publish_case()
    cursor = reader.ask("list_cases", limit=1)["next"].partition("cursor=")[2]

    assert (
        reader.ask("list_cases", 409, cursor=cursor, outcome="holding")["not_understood"][0]["name"]
        == "cursor"
    )
    assert len(reader.ask("list_cases", cursor=cursor, limit=2)["items"]) == 2


def test_claims_are_found_by_entry_source_and_stance(reader: Reader) -> None:
    source = publish_source(slug="a-report")
    case = publish_case(slug="libya-2020", rows={"claim": [{"source": source, "stance": "differs"}, {}]})

    (claim,) = reader.ask("list_claims", source="a-report")["items"]

    assert (claim["entry"]["slug"], claim["source"]["slug"]) == ("libya-2020", "a-report")
    assert claim["stance"] == "differs"
    assert len([*reader.all("list_claims", entry="case/libya-2020", limit=1)]) == 2
    assert reader.ask("list_claims", 400, stance="nothing")["not_understood"][0]["name"] == "stance"
    assert claim["entry"]["url"].endswith(f"/api/v1/cases/{case.pk}")


def test_the_log_is_that_of_its_page(reader: Reader) -> None:
    case = publish_case(slug="libya-2020")
    for number in range(4):
        publish_change(case, title_en=f"Title {number}")

    found = [*reader.all("list_changes", limit=2, change="all")]

    assert [one["revision"] for one in found] == [5, 4, 3, 2, 1]
    assert {one["entry"]["slug"] for one in found} == {"libya-2020"}
    assert len(reader.ask("list_changes")["items"]) == 4
    assert reader.ask("list_changes", 400, kind="nothing")["not_understood"][0]["name"] == "kind"


def test_vocabularies_have_their_words_in_every_language(reader: Reader) -> None:
    all_of_them = {one["name"]: one for one in reader.ask("list_vocabularies")["items"]}
    outcome = reader.ask("vocabulary", key="case.outcome")

    assert all_of_them["case.outcome"]["words"] == outcome["words"]
    words = {one["code"]: one["labels"] for one in outcome["words"]}
    assert words["holding"]["en"] == "Holding"
    assert len({*words["holding"].values()}) == 3
    assert reader.ask("vocabulary", 404, key="case.colour")["status"] == 404
