"""Nonsense in the address of data gets a plain answer, and never an error of ours."""

import pytest
from django.test import Client

from exchange.file_formats import FORMATS
from publishing.models import Entry
from tests.databases import some_on_every_database
from tests.factories import publish_case
from tests.kept import kept
from tests.whole_site.reading import corpus
from tests.whole_site.test_malformed import (
    HOSTILE,
    HOSTILE_TO_DATABASES,
    PATHS,
    QUERIES,
    QUERIES_TO_DATABASES,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("remembered")]


@kept
def case() -> Entry:
    return publish_case(slug="libya-2020")


@pytest.fixture
def visitor(case: Entry) -> Client:
    """Somebody who sees an error of ours as an answer, as on the network."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("query", some_on_every_database(HOSTILE, HOSTILE_TO_DATABASES))
def test_a_hostile_query_gets_data_or_a_reason(visitor: Client, query: str) -> None:
    _is_plain(visitor, query)


@pytest.mark.parametrize("query", some_on_every_database(QUERIES, QUERIES_TO_DATABASES))
def test_a_query_of_nonsense_gets_data_or_a_reason(visitor: Client, query: str) -> None:
    _is_plain(visitor, query)


def _is_plain(visitor: Client, query: str) -> None:
    asked = query.encode().decode("latin-1")
    for address in ("/ar/cases.csv", "/fr/sources.json", "/en/cases/libya-2020.json", "/en/codebook.csv"):
        answer = visitor.get(address, QUERY_STRING=asked)

        assert answer.status_code in {200, 400}, (address, query[:80])
        b"".join(answer)


@pytest.mark.parametrize(
    "path", [path for path in PATHS.values() if path.startswith(("/en/cases", "/ar/cases"))]
)
@pytest.mark.parametrize("ending", [".json", ".csv", ".xlsx"])
def test_an_address_of_nonsense_has_no_data(visitor: Client, path: str, ending: str) -> None:
    assert visitor.get(f"{path.rstrip('/')}{ending}").status_code in {400, 404}


@pytest.mark.parametrize("ending", ["xml", "CSV", "csv.json", "csv/", "json%00", "zip", ""])
def test_there_is_no_other_format(visitor: Client, ending: str) -> None:
    assert visitor.get(f"/en/actors.{ending}").status_code in {400, 404}
    assert visitor.get("/en/actors.geojson").status_code == 404


def test_all_formats_have_a_type() -> None:
    assert len({one.media_type for one in FORMATS.values()}) == len(FORMATS)


def test_the_corpus_is_read() -> None:
    assert len(corpus("query_params")) > 50
