"""Errata: what our sources say against the records of a dataset, as a page, a feed and a file."""

import csv
import doctest
import io

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from imports import agreement as of_agreement
from imports.agreement import Agreement, agreement
from imports.errata import agreements
from tests.factories import publish_case, publish_source
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@kept
def dataset():
    return publish_source(slug="eth-prio-ceasefires", title_en="ETH/PRIO", source_type="dataset")


@kept
def letter():
    return publish_source(slug="letter", title_en="A letter", url="https://letters.example/")


def a_case(dataset, letter, slug="zenda", *, code="ended = 2", stance="differs", **said):
    claims = [
        {
            "source": dataset,
            "about": "outcome",
            "value_en": code,
            "stance": stance,
            "locator": "ceasefire 990001",
        },
        {
            **{"source": letter, "about": "outcome", "value_en": "It still holds", "locator": "p. 3"},
            **{"quotation": "Elle tient.", "quotation_language": "fr", "confidence": "high"},
        },
    ]
    known = {"outcome": "holding", "outcome_as_of": "2020", "title_en": slug.title(), **said}
    return publish_case(slug=slug, rows={"claim": claims}, **known)


# --- figures --------------------------------------------------------------------------------------


def test_the_example_of_the_documentation_holds():
    assert doctest.testmod(of_agreement).failed == 0


@pytest.mark.parametrize(
    "table, kappa",
    [
        # Cohen's own table of 1960 (his proportions of 200): 0.492.
        ({("a", "a"): 88, ("a", "b"): 14, ("a", "c"): 18, ("b", "a"): 10, ("b", "b"): 40, ("b", "c"): 10, ("c", "a"): 2, ("c", "b"): 6, ("c", "c"): 12}, 0.492),
        # Two readers of 50 applications for a grant, as encyclopaedias have it.
        ({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}, 0.4),
        ({("yes", "yes"): 45, ("yes", "no"): 15, ("no", "yes"): 25, ("no", "no"): 15}, 0.1304),
        ({("yes", "yes"): 25, ("yes", "no"): 35, ("no", "yes"): 5, ("no", "no"): 35}, 0.2593),
        ({("yes", "no"): 5, ("no", "yes"): 5}, -1.0),
        ({("yes", "yes"): 5}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_kappa_is_that_of_published_examples(table, kappa):
    found = agreement(pair for pair, times in table.items() for _time in range(times))

    assert found.kappa == (None if kappa is None else pytest.approx(kappa, abs=0.0005))


def test_agreement_is_counted_fact_by_fact(dataset, letter):
    a_case(dataset, letter, "one")
    a_case(dataset, letter, "two", stance="supports", code="ended = 0")
    a_case(dataset, letter, "three", stance="context")
    a_case(dataset, letter, "four", review="coded", stance="supports")

    [outcome] = agreements(dataset)

    assert (outcome.fact, outcome.has_kappa) == ("Outcome", True)
    assert outcome.agreement == Agreement(number=2, alike=1, kappa=0.0)


# --- the page, the feed and the file --------------------------------------------------------------


def test_the_page_has_both_sides_with_quotation_and_locator(dataset, letter):
    a_case(dataset, letter)

    page = Client().get("/en/errata/eth-prio-ceasefires/").content.decode()

    for said in (
        "Zenda",
        "ended = 2",
        "ceasefire 990001",
        "Holding",
        "A letter",
        "p. 3",
        "Elle tient.",
        'lang="fr"',
    ):
        assert said in page


@pytest.mark.parametrize("said", [{"stance": "supports"}, {"stance": "context"}, {"review": "coded"}])
def test_what_agrees_or_was_not_reviewed_is_no_erratum(dataset, letter, said):
    a_case(dataset, letter, **said)

    assert "Zenda" not in Client().get("/en/errata/eth-prio-ceasefires/").content.decode()


def test_the_file_has_a_line_for_each_source(dataset, letter):
    a_case(dataset, letter, title_en="=1+1")

    answer = Client().get("/en/errata/eth-prio-ceasefires.csv")

    [row] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["case"], row["dataset_says"], row["record"]) == ("'=1+1", "ended = 2", "ceasefire 990001")
    assert (row["casebook_says"], row["quotation"], row["where"]) == ("Holding", "Elle tient.", "p. 3")
    assert row["source_address"].endswith("/en/sources/letter/")


def test_the_feed_has_what_the_page_has(dataset, letter):
    a_case(dataset, letter)

    feed = feedparser.parse(Client().get("/en/errata/eth-prio-ceasefires/feed.xml").content)

    assert not feed.bozo
    [entry] = feed.entries
    assert entry.title == "Zenda: Outcome"
    assert "ended = 2" in entry.summary
    assert entry.link.endswith("/en/cases/zenda/")


def test_all_datasets_stand_on_one_page(dataset, letter):
    a_case(dataset, letter)

    page = Client().get("/en/errata/").content.decode()

    assert 'href="/en/errata/eth-prio-ceasefires/"' in page
    assert "1 fact differs" in page
    assert 'href="/en/errata/letter/"' not in page


@pytest.mark.parametrize("ending", ["/", "/feed.xml", ".csv"])
@pytest.mark.parametrize("slug", ["letter", "no-such-source"])
def test_what_is_no_dataset_has_no_errata(dataset, letter, slug, ending):
    assert Client().get(f"/en/errata/{slug}{ending}").status_code == 404


@pytest.mark.parametrize(
    "query", ["x=1", "page=two", "page=1&page=2", "page=%00", "page=" + "9" * 50, "page=%D9%A3"]
)
def test_a_question_that_is_not_understood_is_said(dataset, letter, query):
    a_case(dataset, letter)

    page = Client().get(f"/en/errata/eth-prio-ceasefires/?{query}")

    refused = Client().get(f"/en/errata/eth-prio-ceasefires.csv?{query}")
    assert refused.status_code == 400
    if "%00" in query:
        assert page.status_code == 400
    else:
        assert page.context["not_understood"]
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert refused.json()["not_understood"][0]["name"] == query.partition("=")[0]


@pytest.mark.parametrize(
    "address",
    [
        "/en/errata/eth-prio-ceasefires/",
        "/en/errata/eth-prio-ceasefires/feed.xml",
        "/en/errata/eth-prio-ceasefires.csv",
    ],
)
def test_many_errata_take_as_many_queries_as_one(dataset, letter, address):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert Client().get(address).status_code == 200
        return len(found)

    a_case(dataset, letter, "one")
    Client().get(address)
    one = queries()
    for number in range(12):
        a_case(dataset, letter, f"more-{number}")
    Client().get(address)

    assert queries() <= one
