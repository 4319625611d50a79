"""The API does what its description says, whatever it is asked."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

import jsonschema
import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.filters import CaseFilter, InitiativeFilter
from exchange.api import description
from exchange.api.resources import RESOURCES
from exchange.listed_releases import NUMBERS
from portal.filters import ChangeFilter
from publishing.models import Release, Revision
from tests.exchange.api.reading import ROOT, Reader
from tests.factories import publish_case, publish_change, publish_one_of_each
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WHOLE = description.openapi()
OPERATIONS = {path: one["get"] for path, one in WHOLE["paths"].items()}
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
    publish_change(entries["case"], title_fr="Autre")
    a_release("2")


@pytest.fixture
def visitor(casebook: None, settings: Any) -> Client:
    """Somebody who may ask without end, and to whom an error of ours is an answer."""
    settings.DATA_LIMITS = {**settings.DATA_LIMITS, "requests_in_a_minute": 1_000_000}
    return Client(raise_request_exception=False)


def values(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    """What the schema of a parameter allows, as text."""
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


def is_answered(client: Client, path: str, operation: dict[str, Any], asked: list[tuple[str, str]]) -> int:
    """The status; the answer is one that the description has, and is made as it says."""
    answer = client.get(f"{ROOT}{path}", QUERY_STRING=urlencode(asked))
    status = str(answer.status_code)
    assert status in operation["responses"], (path, asked, answer.content[:300])
    if status != "302":
        ((kind, content),) = operation["responses"][status]["content"].items()
        assert answer["Content-Type"] == kind
        schema = {**content["schema"], "components": WHOLE["components"]}
        jsonschema.Draft202012Validator(schema).validate(answer.json())
    return answer.status_code


@pytest.mark.parametrize("path", OPERATIONS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_question_gets_an_answer_that_is_described(visitor: Client, path: str, data: Any) -> None:
    operation = OPERATIONS[path]
    key = data.draw(st.one_of(st.sampled_from(["libya-2020", "case.outcome", "1", "2"]), TEXT.filter(bool)))
    filled = re.sub(r"\{\w+\}", quote(key, safe=""), path)
    if "/" in key or key in {".", ".."} or "\0" in key:
        return

    is_answered(visitor, filled, operation, data.draw(questions(operation)))


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


def test_a_client_made_of_the_description_reads_every_case(visitor: Client) -> None:
    keys = {str(publish_case(slug=f"case-{number}").pk) for number in range(12)}
    reader = Reader(visitor)

    found = {
        one["id"]: reader.ask("entry_of_cases", key=one["slug"]) for one in reader.all("list_cases", limit=5)
    }

    assert keys <= {*found}
    assert all(whole["snapshot"]["id"] == key for key, whole in found.items())
