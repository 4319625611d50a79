"""Each answer of the reconciliation service is made as its specification asks."""

import copy
import json
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from cases.models import Case
from tests.exchange.api.reading import ROOT
from tests.factories import publish_actor, publish_case
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

AT = f"{ROOT}/reconciliation"
TEXT, ADDRESS = {"type": "string"}, {"type": "string", "pattern": "^https?://"}


def every(**needed: Any) -> dict[str, Any]:
    """An object that has all of these."""
    return {"type": "object", "required": [*needed], "properties": needed}


def many(one: dict[str, Any]) -> dict[str, Any]:
    """A list of these, of which there are some."""
    return {"type": "array", "minItems": 1, "items": one}


NAMED = every(id=TEXT, name=TEXT)
SERVICE = every(service_url=ADDRESS, service_path={"type": "string", "pattern": "^/"})
OF_VIEW = {"type": "string", "pattern": "^https?://.*{{id}}"}
CANDIDATE = every(
    id=TEXT, name=TEXT, score={"type": "number"}, match={"type": "boolean"}, type=many(NAMED),
    features={"type": "array", "items": every(id=TEXT, value={"type": ["number", "boolean"]})},
)  # fmt: skip
CELL = {"anyOf": [every(str=TEXT), every(int={"type": "integer"})]}
# What version 0.2 of the specification asks of each answer, in our own words: its schemas carry no licence.
SCHEMAS = {
    "manifest": every(
        versions={"type": "array", "contains": {"const": "0.2"}},
        name=TEXT,
        identifierSpace=ADDRESS,
        schemaSpace=ADDRESS,
        defaultTypes=many(NAMED),
        view=every(url=OF_VIEW),
        preview=every(url=OF_VIEW, width={"type": "integer"}, height={"type": "integer"}),
        suggest=every(entity=SERVICE, type=SERVICE, property=SERVICE),
        extend=every(propose_properties=SERVICE),
        batchSize={"type": "integer", "minimum": 1},
    ),
    "results": {"type": "object", "additionalProperties": every(result=many(CANDIDATE))},
    "extension": every(
        meta=many(NAMED),
        rows={
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": CELL},
            },
        },
    ),
    "properties": every(type=TEXT, properties=many(NAMED), limit={"type": "integer"}),
    "entities": every(result=many(NAMED)),
    "types": every(result=many(NAMED)),
    "suggested properties": every(result=many(NAMED)),
}
# Stands for the key of the case.
KEY = "KEY"
QUERY = {"query": "Doha", "properties": [{"pid": "outcome", "v": "holding"}]}
EXTEND = {
    "ids": [KEY, "nothing"],
    "properties": [{"id": "title_en"}, {"id": "revision"}, {"id": "countries"}],
}
ASKED: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "manifest": ("", {}, ("versions",)),
    "results": ("", {"queries": json.dumps({"q": QUERY})}, ("q", "result")),
    "extension": ("", {"extend": json.dumps(EXTEND)}, ("rows", KEY)),
    "properties": ("/properties", {"type": "case"}, ("properties",)),
    "entities": ("/suggest/entity", {"prefix": "Doh"}, ("result",)),
    "types": ("/suggest/type", {"prefix": "a"}, ("result",)),
    "suggested properties": ("/suggest/property", {"prefix": "outc"}, ("result",)),
}


@kept
def casebook() -> None:
    """A case that is found, and an actor of another name."""
    publish_case(title_en="Doha", slug="doha")
    publish_actor(title_en="The Doha Front", rows={"alias": [{"name": "Doha"}]})


@pytest.mark.parametrize("name", ASKED)
def test_each_answer_fits_its_schema_and_a_broken_one_does_not(
    casebook: None, client: Client, name: str
) -> None:
    path, query, needed = ASKED[name]
    key = str(Case.objects.get().pk)
    answer = client.get(f"{AT}{path}", {name: text.replace(KEY, key) for name, text in query.items()})
    said, validator = answer.json(), Draft202012Validator(SCHEMAS[name])

    assert answer.status_code == 200
    assert [error.message for error in validator.iter_errors(said)] == []
    broken = copy.deepcopy(said)
    *names, last = [one.replace(KEY, key) for one in needed]
    there = _at(broken, names)
    assert there[last]
    there[last] = 7
    assert not validator.is_valid(broken)


def _at(said: Any, names: Any) -> Any:
    for one in names:
        said = said[one]
    return said
