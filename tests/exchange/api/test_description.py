"""The API does what its description says, whatever it is asked."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import jsonschema
import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.filters import CaseFilter, InitiativeFilter
from exchange import formats
from exchange.api import description
from exchange.api.resources import RESOURCES
from exchange.listed_releases import NUMBERS
from portal.filters import ChangeFilter
from publishing.actions import retracting
from publishing.models import Entry, Release, Revision
from tests.exchange.api.reading import ROOT, Reader
from tests.factories import an_account, publish_case, publish_change, publish_one_of_each
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("remembered")]

WHOLE = description.openapi()
OPERATIONS = {path: one["get"] for path, one in WHOLE["paths"].items()}
OPENAPI = Path(__file__).parents[1] / "vendor" / "openapi-3.1.json"
# By the content that is described; each looks its references up once.
VALIDATORS: dict[int, jsonschema.Draft202012Validator] = {}
# No browser or program sends half a character.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def a_release(version: str) -> None:
    """A release of what is public now, without its files."""
    newest = Revision.objects.latest("pk")
    counts = dict.fromkeys(NUMBERS, 1)
    Release.objects.create(
        version=version, until=newest, recorded_on=date.today(), head=newest.digest, **counts
    )


@kept
def casebook() -> None:
    """Something of each kind, of which some changed."""
    entries = publish_one_of_each()
    a_release("1")
    publish_change(entries["case"], title_fr="Autre", slug="libya-2020")
    retracting.retract(publish_case(slug="gone"), reason="It was wrong.", language="en", by=an_account())
    a_release("2")


@pytest.fixture
def visitor(casebook: None, settings: Any) -> Client:
    """Somebody who may ask without end, and to whom an error of ours is an answer."""
    settings.DATA_LIMITS = {**settings.DATA_LIMITS, "requests_in_a_minute": 1_000_000}
    return Client(raise_request_exception=False)


def values(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    """What the schema of a parameter allows, as text."""
    if "$ref" in schema:
        names = WHOLE["components"]["schemas"][schema["$ref"].rpartition("/")[2]]["items"]["enum"]
        return st.lists(st.sampled_from(names), min_size=1, max_size=3).map(",".join)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema["type"] == "integer":
        return st.integers(schema.get("minimum"), schema.get("maximum")).map(str)
    if "pattern" in schema:
        return st.from_regex(schema["pattern"].replace("$", r"\Z"), alphabet=st.characters(codec="ascii"))
    return st.one_of(st.just("libya-2020"), st.just("a"), TEXT)


def questions(operation: dict[str, Any]) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Some of the parameters, with what they allow, or with anything."""
    pairs = [
        st.tuples(
            st.just(one["name"]),
            st.one_of(values(one["schema"].get("items", one["schema"])), TEXT),
        )
        for one in operation["parameters"]
        if one["in"] == "query"
    ]
    return st.lists(st.one_of(*pairs), max_size=4) if pairs else st.just([])


def keys_of(path: str) -> list[str]:
    """What stands for the key in the path, of what there is."""
    of = path.split("/")[1]
    if of in RESOURCES or of == "entries":
        entries = (
            Entry.objects.of_kind(RESOURCES[of].kind._meta.model_name) if of in RESOURCES else Entry.objects
        )
        pairs = entries.values_list("pk", "slug")
        return [str(one) for pair in pairs for one in pair]
    return {"vocabularies": ["case.outcome"], "releases": ["1", "2"]}.get(of, ["-"])


def is_answered(
    client: Client,
    path: str,
    operation: dict[str, Any],
    asked: list[tuple[str, str]],
    whole: dict[str, Any] = WHOLE,
) -> int:
    """The status; the answer is one that the description has, and is made as it says."""
    answer = client.get(f"{ROOT}{path}", QUERY_STRING=urlencode(asked))
    status = str(answer.status_code)
    assert status in operation["responses"], (path, asked, answer.content[:300])
    if status != "302":
        ((kind, content),) = operation["responses"][status]["content"].items()
        assert answer["Content-Type"] == kind
        known = VALIDATORS if whole is WHOLE else {}
        if id(content) not in known:
            schema = {**content["schema"], "components": whole["components"]}
            known[id(content)] = jsonschema.Draft202012Validator(schema)
        known[id(content)].validate(answer.json())
    return answer.status_code


@pytest.mark.parametrize("path", OPERATIONS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_question_gets_an_answer_that_is_described(visitor: Client, path: str, data: Any) -> None:
    operation = OPERATIONS[path]
    key = data.draw(st.one_of(st.sampled_from(keys_of(path)), TEXT.filter(bool)))
    filled = re.sub(r"\{\w+\}", quote(key, safe=""), path)
    if "/" in key or key in {".", ".."} or "\0" in key:
        return

    is_answered(visitor, filled, operation, data.draw(questions(operation)))


def as_json(whole: dict[str, Any]) -> Any:
    """What programs read of it."""
    return json.loads(formats.dumped(whole))


def test_the_description_is_one_of_openapi() -> None:
    schema = jsonschema.Draft202012Validator(json.loads(OPENAPI.read_text(encoding="utf-8")))
    described = as_json(WHOLE)
    operation = {"get": {"responses": {"200": {"content": {}}}}}

    assert [*schema.iter_errors(described)] == []
    assert not schema.is_valid({**described, "paths": {"/nothing-is-said-of-its-answer": operation}})
    for one in described["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(one)
    names = [operation["operationId"] for operation in OPERATIONS.values()]
    assert len({*names}) == len(names)


PLANTED = {
    "a text that is a number": ("/cases/{key}", "schemas.Entry.properties.digest", {"type": "integer"}),
    "something that is never there": ("/changes", "schemas.PageOfChange.required", ["items", "weather"]),
    "an item of another kind": ("/releases", "schemas.Releases.properties.items.items", {"type": "string"}),
    "a code that is not one": (
        "/releases/2/changes",
        "schemas.Difference.properties.what",
        {"enum": ["moved"]},
    ),
    "an answer that is not described": ("/claims?weather=fine", "responses.400", None),
    "another kind of file": ("/", "responses.200.content", {"text/csv": {"schema": {}}}),
}


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_wrong_in_a_description_is_noticed(visitor: Client, name: str) -> None:
    address, at, wrong = PLANTED[name]
    path, _mark, query = address.partition("?")
    whole = as_json(WHOLE)
    template = path.replace("/2", "/{version}")
    operation = whole["paths"][template]["get"]
    *names, last = at.split(".")
    filled, asked = path.replace("{key}", "libya-2020"), [*QueryDict(query).items()]
    is_answered(visitor, filled, operation, asked, whole)

    there: Any = {**whole["components"], "responses": operation["responses"]}
    for one in names:
        there = there[one]
    del there[last]
    if wrong is not None:
        there[last] = wrong

    with pytest.raises((AssertionError, jsonschema.ValidationError)):
        is_answered(visitor, filled, operation, asked, whole)


@pytest.mark.parametrize("path", [path for path in OPERATIONS if "{" not in path])
def test_every_code_of_the_description_is_understood(visitor: Client, path: str) -> None:
    operation = OPERATIONS[path]
    for one in operation["parameters"]:
        for code in one["schema"].get("items", one["schema"]).get("enum", ()):
            assert is_answered(visitor, path, operation, [(one["name"], code)]) == 200, (one["name"], code)


def asked_of(path: str) -> Iterator[str]:
    yield from (one["name"] for one in OPERATIONS[path]["parameters"])


@pytest.mark.parametrize(
    "path, filters",
    [("/cases", CaseFilter), ("/initiatives", InitiativeFilter)],
    ids=["cases", "initiatives"],
)
def test_the_questions_are_those_of_the_page(path: str, filters: Any, casebook: None) -> None:
    page = {facet.name for facet in filters(QueryDict()).facets}

    assert page <= {*asked_of(path)}
    assert {*ChangeFilter.base_filters} <= {*asked_of("/changes")}


def test_a_question_has_its_place_in_the_codebook(client: Client, casebook: None) -> None:
    codebook = client.get("/en/codebook/").content.decode()
    anchors = [one["x-codebook"].partition("#")[2] for operation in OPERATIONS.values()
               for one in operation["parameters"] if "x-codebook" in one]  # fmt: skip

    assert {"case.outcome", "participation.role"} <= {*anchors}
    assert all(f'id="{anchor}"' in codebook for anchor in anchors)


def test_the_page_shows_all_that_the_description_has(client: Client) -> None:
    page = client.get("/ar/api/").content.decode()

    for resource in RESOURCES.values():
        assert f'id="{resource.name}"' in page
        assert all(f'id="{resource.name}.{one.name}"' in page for one in resource.asked)


def test_what_the_log_of_changes_leaves_out_is_said(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()["paths"]["/changes"]["get"]["parameters"]
    [change] = [one["description"] for one in described if one["name"] == "change"]
    usual = "If nothing is asked: Corrections, retractions, restorations"

    assert usual in change
    assert usual in client.get("/en/api/").content.decode()


def test_a_client_made_of_the_description_reads_every_case(visitor: Client) -> None:
    keys = {str(publish_case(slug=f"case-{number}").pk) for number in range(12)}
    reader = Reader(visitor)

    found = {
        one["id"]: reader.ask("entry_of_cases", key=one["slug"]) for one in reader.all("list_cases", limit=5)
    }

    assert keys <= {*found}
    assert all(whole["snapshot"]["id"] == key for key, whole in found.items())
