"""The JSON-LD of every kind of page is read by a processor of JSON-LD, which leaves nothing of it out."""

import json
from typing import Any

import pytest
from django.test import Client
from pyld import jsonld

from tests.factories import publish_case, publish_one_of_each, publish_source
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SCHEMA = "https://schema.org/"
# What matters of the context of schema.org, which is not fetched here: its words are all of its own.
CONTEXT = {"@context": {"@vocab": SCHEMA, "url": {"@type": "@id"}, "isBasedOn": {"@type": "@id"}}}


def without_the_network(url: str, _options: Any) -> dict[str, Any]:
    assert url.rstrip("/") == "https://schema.org", url
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}


def expanded(client: Client, address: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the page says, and what a processor makes of it."""
    document = Document.of(client.get(address).content.decode())
    [block] = [one for one in document.all("script") if one["type"] == "application/ld+json"]
    said = json.loads(block.text)
    [read] = jsonld.expand(said, {"documentLoader": without_the_network})
    return said, read


def test_nothing_of_it_is_lost_on_any_kind_of_page(client: Client) -> None:
    pages = [entry.get_absolute_url() for entry in publish_one_of_each().values()]
    lists = ["", "cases/?outcome=unknown", "cases/map/", "sources/", "glossary/", "changes/", "codebook/"]

    for address in [*pages, *(f"/en/{one}" for one in lists)]:
        said, read = expanded(client, address)
        kept = {name.removeprefix(SCHEMA) for name in read if not name.startswith("@")}
        assert kept == {name for name in said if not name.startswith("@")}, address
        assert read["@id"].startswith("http://localhost:8000/")
        assert all(kind.startswith(SCHEMA) for kind in read["@type"])


def test_a_case_names_what_it_is_based_on_as_things_and_not_as_texts(client: Client) -> None:
    source = publish_source(slug="a-report")
    case = publish_case(slug="a-truce", rows={"claim": [{"source": source}]})

    _said, read = expanded(client, case.get_absolute_url())

    assert read[f"{SCHEMA}isBasedOn"] == [{"@id": "http://localhost:8000/en/sources/a-report/"}]
    [publisher] = read[f"{SCHEMA}publisher"]
    assert publisher["@type"] == [f"{SCHEMA}Organization"]
