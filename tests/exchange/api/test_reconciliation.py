"""The reconciliation service: it suggests what is alike, and is certain of nothing but exact names."""

import json
from typing import Any

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchange.api.asking import MOST_QUERIES
from publishing.models import Entry
from tests.exchange.api.reading import ROOT
from tests.factories import publish, publish_actor, publish_case, publish_source, snapshot_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

AT = f"{ROOT}/reconciliation"
# What the specification asks of each candidate.
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {
            "result": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "name", "score"],
                    "properties": {
                        "id": {"type": "string"},
                        "name": {"type": "string"},
                        "description": {"type": "string"},
                        "score": {"type": "number", "minimum": 0, "maximum": 100},
                        "match": {"type": "boolean"},
                        "type": {"type": "array", "items": {"type": "object", "required": ["id", "name"]}},
                        "features": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "properties": {"value": {"type": ["boolean", "number"]}},
                            },
                        },
                    },
                },
            }
        },
    },
}


def ask(client: Client, *, how: str = "post", status: int = 200, **queries: Any) -> Any:
    """The results of each query."""
    answer = getattr(client, how)(AT, {"queries": json.dumps(queries)})
    assert answer.status_code == status, answer.content
    if status == 200:
        jsonschema.validate(answer.json(), RESULTS)
        return {key: one["result"] for key, one in answer.json().items()}
    return answer.json()


def first(client: Client, query: str, **more: Any) -> Any:
    found = ask(client, q={"query": query, **more})["q"]
    return found[0] if found else None


@pytest.mark.every_database
@pytest.mark.parametrize(
    "typed", ["Hezbollah", "HEZBOLLAH", " hezbollah ", "حزب الله", "حِزْب اللّه", "Parti de Dieu"]
)
def test_an_exact_name_in_any_spelling_is_certain(client: Client, typed: str) -> None:
    actor = publish_actor(
        title_en="Hezbollah", title_ar="حزب الله", rows={"alias": [{"name": "Parti de Dieu"}]}
    )
    publish_actor(title_en="Hezbollah Brigades")

    found = first(client, typed)

    assert (found["id"], found["match"], found["score"]) == (str(actor.pk), True, 100)
    assert found["type"] == [{"id": "actor", "name": "Actors"}]


@pytest.mark.every_database
@pytest.mark.parametrize("typed", ["Hezbolah", "Government of Mali", "Hezbollah of Lebanon"])
def test_likeness_alone_is_never_certain(client: Client, typed: str) -> None:
    publish_actor(title_en="Hezbollah")
    publish_actor(title_en="Government of Somalia", slug="government-of-somalia")
    publish_actor(title_en="Somali government", slug="somali-government")

    found = ask(client, q={"query": typed})["q"]

    assert found
    assert [one for one in found if one["match"] or one["score"] >= 100] == []


def test_a_misspelt_name_is_suggested(client: Client) -> None:
    actor = publish_actor(title_en="Hezbollah")

    assert first(client, "Hezbolah")["id"] == str(actor.pk)


def test_a_name_that_two_have_is_not_certain_whatever_the_limit(client: Client) -> None:
    for _number in range(2):
        publish_actor(title_en="The Front")

    assert [one["match"] for one in ask(client, q={"query": "The Front"})["q"]] == [False, False]
    assert first(client, "The Front", limit=1)["match"] is False


def test_the_publisher_of_a_source_is_no_name_of_it(client: Client) -> None:
    publish_source(title_en="A report", publisher="United Nations")

    assert not first(client, "United Nations", type="source")["match"]


def test_types_are_chosen(client: Client) -> None:
    actor, case = publish_actor(title_en="Doha"), publish_case(title_en="Doha")

    assert first(client, "Doha", type="case")["id"] == str(case.pk)
    assert first(client, "Doha", type=["actor"])["id"] == str(actor.pk)
    assert first(client, "Doha")["match"] is False
    assert first(client, "Doha", type="place") is None


def test_a_key_or_a_number_elsewhere_is_certain(client: Client) -> None:
    case = publish_case(title_en="A truce", rows={"externalid": [{"scheme": "pa_x", "value": "2320"}]})
    source = publish_source(identifier_scheme="doi", identifier="10.1177/00220027221129195")

    for query in ({"query": str(case.pk)}, {"query": "pa_x:2320"},
                  {"properties": [{"pid": "external_ids", "v": "pa_x:2320"}]}):  # fmt: skip
        (found,) = ask(client, q=query)["q"]
        assert (found["id"], found["match"]) == (str(case.pk), True)
    assert first(client, "10.1177/00220027221129195")["id"] == str(source.pk)


def test_what_else_is_known_puts_the_right_one_first(client: Client) -> None:
    publish_case(title_en="Truce of the valley", slug="a", outcome="holding", outcome_as_of="2021")
    other = publish_case(title_en="Truce of the valley", slug="b", outcome="collapsed", outcome_as_of="2021")
    known = [{"pid": "outcome", "v": "collapsed"}, {"pid": "countries", "v": {"id": "libya"}}]

    found = ask(client, q={"query": "Truce of a valley", "properties": known})["q"]

    assert found[0]["id"] == str(other.pk)
    assert {"id": "outcome", "value": True} in found[0]["features"]
    assert {"id": "outcome", "value": False} in found[1]["features"]
    assert not any(one["match"] for one in found)


def test_a_batch_is_answered_by_get_as_by_post(client: Client) -> None:
    actor = publish_actor(title_en="Hezbollah")
    batch = {f"q{number}": {"query": "Hezbollah", "limit": 2} for number in range(3)}

    by_get, by_post = ask(client, how="get", **batch), ask(client, **batch)

    assert by_get == by_post
    assert {one[0]["id"] for one in by_get.values()} == {str(actor.pk)}


@pytest.mark.parametrize(
    "query",
    ["x", 1, [], {}, {"query": ""}, {"query": 1}, {"query": "a", "limit": "x"}, {"query": "a", "limit": -1},
     {"query": "a", "type": 1}, {"query": "a", "properties": {}}, {"query": "a", "properties": [{"pid": 1}]},
     {"properties": []}],
)  # fmt: skip
def test_a_query_that_is_none_is_refused(client: Client, query: Any) -> None:
    assert ask(client, status=400, q7=query)["not_understood"][0]["name"] == "q7"


@pytest.mark.every_database
@pytest.mark.parametrize(
    "typed",
    ["\0", "\ud800", "a" * 100_000, "%", "_", "' OR 1=1 --", "…", "\u202e\u200b", "(" * 500],
    ids=lambda one: repr(one[:6]),
)
def test_hostile_names_are_answered(client: Client, typed: str) -> None:
    publish_actor()

    answer = client.post(AT, {"queries": json.dumps({"q": {"query": typed}})})

    assert answer.status_code in {200, 400}


@pytest.mark.parametrize(
    "sent", ["", "x", "[]", "[" * 100_000, '{"a": ', "null", "1e999"], ids=lambda one: repr(one[:6])
)
def test_what_is_no_batch_is_refused(client: Client, sent: str) -> None:
    for name in ("queries", "extend"):
        answer = client.post(AT, {name: sent})

        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_the_manifest_says_where_everything_is(client: Client) -> None:
    actor = publish_actor(title_en="Hezbollah")

    said = client.get(AT).json()

    assert said["batchSize"] == MOST_QUERIES
    assert (said["versions"], [one["id"] for one in said["defaultTypes"]]) == (
        ["0.2"],
        ["actor", "case", "source"],
    )
    for pattern in (said["view"]["url"], said["preview"]["url"]):
        there = pattern.replace("{{id}}", str(actor.pk)).removeprefix("http://localhost:8000")
        answer = client.get(there, HTTP_ACCEPT_LANGUAGE="fr")
        assert answer.status_code in {200, 302}
        assert "Hezbollah" in answer.content.decode() or answer[
            "Location"
        ] == actor.get_absolute_url().replace("/en/", "/fr/")
    for one in said["suggest"].values():
        assert client.get(f"{one['service_path']}?prefix=He").status_code == 200


def test_a_preview_stands_in_the_frame_of_another_program(client: Client) -> None:
    actor = publish_actor()
    answer = client.get(f"{AT}/preview/{actor.pk}")

    assert "X-Frame-Options" not in answer
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "DENY" in client.get(actor.get_absolute_url())["X-Frame-Options"]


def test_somebody_who_types_gets_suggestions(client: Client) -> None:
    actor = publish_actor(title_en="Hezbollah")
    publish_case(title_en="Hezbollah and Israel")

    def suggested(what: str, **asked: str) -> list[str]:
        answer = client.get(f"{AT}/suggest/{what}", asked)
        assert answer.status_code == 200, answer.content
        return [one["id"] for one in answer.json()["result"]]

    assert suggested("entity", prefix="hezb", type="actor") == [str(actor.pk)]
    assert len(suggested("entity", prefix="hezb")) == 2
    assert suggested("type", prefix="act") == ["actor"]
    assert "outcome" in suggested("property", prefix="outc")
    assert suggested("entity") == []


def test_what_is_known_of_entries_is_given(client: Client) -> None:
    case = publish_case(title_en="A truce", declared_on="2020-10", is_humanitarian=True)
    asked = {
        "ids": [str(case.pk), "nothing"],
        "properties": [{"id": one} for one in ("declared_on", "revision", "is_humanitarian", "countries")],
    }

    said = client.post(AT, {"extend": json.dumps(asked)}).json()

    assert said["rows"][str(case.pk)] == {
        "declared_on": [{"str": "2020-10"}], "revision": [{"int": 1}], "is_humanitarian": [{"str": "true"}], "countries": [],
    }  # fmt: skip
    assert said["rows"]["nothing"]["declared_on"] == []
    assert [one["id"] for one in said["meta"]] == ["declared_on", "revision", "is_humanitarian", "countries"]
    columns = client.get(f"{AT}/properties?type=case").json()["properties"]
    assert {"id": "outcome", "name": "Outcome"} in columns
    wrong = {"ids": [], "properties": [{"id": "password"}]}
    assert client.post(AT, {"extend": json.dumps(wrong)}).status_code == 400


def test_what_readers_do_not_find_is_not_found_here(client: Client) -> None:
    unused: Entry = publish(snapshot_of("actor", title_en="Zyx"), is_unused=True)
    extend = json.dumps({"ids": [str(unused.pk)], "properties": [{"id": "title_en"}]})

    assert first(client, "Zyx") is None
    assert first(client, str(unused.pk)) is None
    assert client.get(f"{AT}/preview/{unused.pk}").status_code == 404
    assert client.get(f"{AT}/view/{unused.pk}").status_code == 404
    assert client.get(f"{AT}/suggest/entity?prefix=zyx").json()["result"] == []
    assert client.post(AT, {"extend": extend}).json()["rows"][str(unused.pk)] == {"title_en": []}


def test_as_many_questions_are_asked_for_twenty_candidates_as_for_one(client: Client) -> None:
    def number() -> int:
        with CaptureQueriesContext(connection) as captured:
            ask(
                client, q={"query": "Front", "limit": 20, "properties": [{"pid": "actor_type", "v": "state"}]}
            )
        return len(captured)

    publish_actor(title_en="Front 0")
    few = number()
    for one in range(19):
        publish_actor(title_en=f"Front {one + 1}")

    assert number() == few
