"""A comparison is sent as CSV, a workbook and JSON, each value with the sources that speak of it."""

from functools import partial
from typing import Any

import pytest
from django.test import Client

from tests.exchange.reading import cells, loaded, rows_of_csv, sent
from tests.factories import publish_actor, publish_case, publish_source
from tests.kept import kept
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

QUERY = "case=early&case=late"


@partial(kept, autouse=True)
def cases() -> None:
    """Two cases; of the second, two sources speak of the outcome."""
    report, news = publish_source(slug="report", title_en="=Report"), publish_source(title_en="News")
    un = publish_actor(title_en="UN")
    publish_case(
        slug="early", title_en="Early", declared_on="2000", outcome="collapsed", outcome_as_of="2001"
    )
    publish_case(
        slug="late", title_en="Late", declared_on="2010-02", outcome="holding", outcome_as_of="2011",
        rows={
            "participation": [{"actor": un, "role": "mediator"}],
            "claim": [
                {"about": "outcome", "source": report, "value_en": "It held", "locator": "p. 3", "quotation": "“Held”",
                 "quotation_language": "en", "position": 1},
                {"about": "outcome", "source": news, "stance": "differs", "value_en": "It broke", "position": 2},
            ],
        },
    )  # fmt: skip


def of_outcome(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in rows if row["fact"] == "Outcome"]


def test_csv_has_a_row_for_each_value_and_each_source_of_it(client: Client) -> None:
    rows = of_outcome(rows_of_csv(client, f"/en/cases/compare.csv?{QUERY}"))

    told = [
        (row["title"], row["value"], row["source"], row["stance"], row["says"], row["where"]) for row in rows
    ]
    assert told == [
        ("Early", "Collapsed", "", "", "", ""),
        ("Late", "Holding", "'=Report", "Says the same", "It held", "p. 3"),
        ("Late", "Holding", "News", "Says otherwise", "It broke", ""),
    ]
    assert rows[1]["source_page"] == "http://localhost:8000/en/sources/report/"
    assert rows[1]["case"] == "http://localhost:8000/en/cases/late/?as_of=1"
    assert {row["differs"] for row in rows} == {"true"}


def test_the_three_formats_say_the_same(client: Client) -> None:
    of_csv = rows_of_csv(client, f"/en/cases/compare.csv?{QUERY}")
    of_json = loaded(client, f"/en/cases/compare.json?{QUERY}")
    _head, *of_xlsx = cells(sent(client, f"/en/cases/compare.xlsx?{QUERY}"), 2)

    assert len(of_csv) == len(of_json["rows"]) == len(of_xlsx)
    assert [row["value"] or "" for row in of_json["rows"]] == [row["value"] for row in of_csv]
    assert [row[7][1] for row in of_xlsx if len(row) > 7] == [
        row["source"] for row in of_json["rows"] if row["source"]
    ]
    assert of_json["about"]["page"] == f"http://localhost:8000/en/cases/compare/?{QUERY}"
    assert [column["name"] for column in of_json["columns"]] == [*of_csv[0]]


def test_differences_only_and_another_language_are_sent_as_they_are_shown(client: Client) -> None:
    whole = rows_of_csv(client, f"/en/cases/compare.csv?{QUERY}")
    differing = rows_of_csv(client, f"/fr/cases/compare.csv?{QUERY}&only=differences")

    assert 0 < len(differing) < len(whole)
    assert {row["differs"] for row in differing} == {"true"}
    assert any(row["fact"] == "Issue" for row in differing)


def test_the_page_leads_to_its_data(client: Client) -> None:
    document = Document.of(
        client.get("/en/cases/compare/?case=late&case=early&only=differences").content.decode()
    )

    links = {one["type"]: one["href"] for one in document.all("a", rel="alternate nofollow")}
    assert links["text/csv"] == f"/en/cases/compare.csv?{QUERY}&only=differences"
    assert {client.get(link).status_code for link in links.values()} == {200}


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
@pytest.mark.parametrize(
    "query", ["", "case=early", "case=early&case=zzz", f"{QUERY}&x=1", f"{QUERY}&only=x"]
)
def test_what_cannot_be_compared_has_no_file_and_a_reason(client: Client, ending: str, query: str) -> None:
    problem: Any = loaded(client, f"/en/cases/compare.{ending}?{query}", status=400)

    assert problem["status"] == 400
    assert problem["detail"]


def test_the_curves_as_text_say_in_text_what_they_do_not_understand(client: Client) -> None:
    answer = client.get("/en/cases/figures.csv?outcome=zzz&x=%3Cb%3E")

    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert answer.content.decode() == "This was not understood: outcome=zzz, x=<b>\n"
