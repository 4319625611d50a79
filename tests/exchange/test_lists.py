"""Every list as files: all that its page's filters find, and what it is."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from exchange import tables
from exchange.file_formats import FORMATS
from publishing.models import ChainHead
from tests.exchange.reading import cells, loaded, rows_of_csv, sent
from tests.factories import (
    publish_actor,
    publish_case,
    publish_initiative,
    publish_place,
    publish_source,
    publish_term,
    publish_theme,
)
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("remembered")]

PUBLISHERS = {
    "cases": publish_case,
    "initiatives": publish_initiative,
    "actors": publish_actor,
    "sources": publish_source,
    "glossary": publish_term,
}
each_list = pytest.mark.parametrize("name", PUBLISHERS)


@each_list
def test_a_list_is_sent_whole_in_every_format(client: Client, name: str) -> None:
    keys = {str(PUBLISHERS[name](title_ar="هدنة").pk) for _number in range(3)}

    in_csv = rows_of_csv(client, f"/ar/{name}.csv")
    in_json = loaded(client, f"/ar/{name}.json")
    in_xlsx = cells(sent(client, f"/ar/{name}.xlsx"), sheet=2)

    assert {row["id"] for row in in_csv} == {row["id"] for row in in_json["rows"]} == keys
    assert {row[0][1] for row in in_xlsx[1:]} == keys
    assert {row["title_ar"] for row in in_csv} == {"هدنة"}
    names = [column["name"] for column in in_json["columns"]]
    assert [*in_csv[0]] == names == [text for _type, text in in_xlsx[0]]


def test_a_csv_begins_as_spreadsheets_need_it_to_read_arabic(client: Client) -> None:
    publish_case(title_ar="اتفاق الدوحة")

    assert sent(client, "/ar/cases.csv").startswith(b"\xef\xbb\xbf")


@pytest.mark.every_database
@pytest.mark.parametrize(
    "query, number",
    [
        ("", 3),
        ("outcome=holding", 1),
        ("role=signatory", 2),
        ("since=1990&until=2010", 1),
        ("order=title", 3),
    ],
)
def test_data_answers_what_the_page_answers_in_its_order(client: Client, query: str, number: int) -> None:
    actor = publish_actor()
    rows: Any = {"participation": [{"actor": actor}, {"actor": publish_actor()}]}
    publish_case(title_en="B", declared_on="2020", outcome="holding", outcome_as_of="2021", rows=rows)
    publish_case(title_en="C", declared_on="2008", ended_on="2008", rows=rows)
    publish_case(title_en="A", declared_on="2015")

    page = client.get(f"/en/cases/?{query}").context["cases"]
    found = rows_of_csv(client, f"/en/cases.csv?{query}")

    assert [row["id"] for row in found] == [str(case.pk) for case in page]
    assert len(found) == number


@pytest.mark.every_database
def test_a_row_has_codes_and_words_and_addresses_and_numbers_elsewhere(client: Client) -> None:
    place = publish_place(slug="libya")
    themes = [publish_theme(slug=slug) for slug in ("security", "amnesty", "return", "justice")]
    case = publish_case(
        slug="libya-2020",
        countries=[place],
        themes=themes,
        declared_on="2020-10",
        verify_by="2031-05-04",
        is_humanitarian=True,
        latitude="32.8872",
        longitude="13.1913",
        rows={"externalid": [{"scheme": "pa_x", "value": "2320"}]},
    )

    row = loaded(client, "/fr/cases.json")["rows"][0]

    assert row["page"].endswith("/fr/cases/libya-2020/")
    assert row["ceasefire_class"] == "cessation_of_hostilities"
    assert row["ceasefire_class_label"] == "Cessation des hostilités"
    assert (row["countries"], row["themes"]) == (
        ["libya"],
        ["amnesty", "justice", "return", "security"],
    )
    assert (row["id"], row["published_at"]) == (str(case.pk), case.published_at.isoformat())
    assert (row["verify_by"], row["is_humanitarian"], row["is_for_holiday"]) == ("2031-05-04", True, False)
    assert (row["declared_on"], row["latitude"]) == ("2020-10", 32.8872)
    assert (row["external_ids"], row["revision"]) == (["pa_x:2320"], case.revision)


def test_every_file_says_what_it_is(client: Client) -> None:
    publish_case(outcome="holding", outcome_as_of="2021")
    publish_case()
    head = ChainHead.objects.get(pk=1).digest

    about = loaded(client, "/en/cases.json?outcome=holding")["about"]
    beside = loaded(client, "/en/cases.csv-metadata.json?outcome=holding")
    in_book = {row[0][1]: row[-1][1] for row in cells(sent(client, "/en/cases.xlsx"), sheet=1)[:5]}
    answer = client.get("/en/cases.csv?outcome=holding")

    assert about["question"] == {"Outcome": "Holding"}
    assert about["page"].endswith("/en/cases/?outcome=holding")
    assert (about["number"], about["number_of_all"], about["n_of_n"]) == (1, 2, "Entries: 1 of 2")
    assert (about["head_of_the_chain"], about["licence"]) == (head, "AGPL-3.0-or-later")
    assert beside["notes"][0]["number"] == 1
    assert beside["url"].endswith("/en/cases.csv?outcome=holding")
    assert in_book["number"] == "2"
    assert head[:8] in answer["Content-Disposition"]
    assert "csv-metadata.json?outcome=holding" in answer["Link"]
    assert answer["X-Number"] == "1/2"


def test_the_metadata_names_the_columns_of_the_csv(client: Client) -> None:
    publish_case()

    described = loaded(client, "/ar/cases.csv-metadata.json")["tableSchema"]["columns"]

    assert [column["titles"][0] for column in described] == [*rows_of_csv(client, "/ar/cases.csv")[0]]
    assert all(column["dc:title"] for column in described)


def test_cases_are_on_the_map_where_their_place_is_known(client: Client) -> None:
    publish_case(title_en="Here", latitude="33.8886", longitude="35.4955", declared_on="2008")
    publish_case(title_en="Nowhere", declared_on="2009")

    found = loaded(client, "/en/cases.geojson?order=oldest")

    assert found["type"] == "FeatureCollection"
    assert [one["properties"]["title_en"] for one in found["features"]] == ["Here", "Nowhere"]
    assert found["features"][0]["geometry"] == {"type": "Point", "coordinates": [35.4955, 33.8886]}
    assert found["features"][1]["geometry"] is None
    assert "narrative_en" not in found["features"][0]["properties"]


@pytest.mark.parametrize(
    "query",
    ["outcome=nothing", "colour=red", "since=abc", "page=2", "as_of=1",
     "since=" + "9" * 5000, "%ff=1", "country=%ED%A0%80"],
)  # fmt: skip
def test_what_is_not_understood_is_said_and_nothing_is_sent(client: Client, query: str) -> None:
    publish_case()

    for ending in ("csv", "json", "xlsx", "geojson", "csv-metadata.json"):
        answer = client.get(f"/en/cases.{ending}", QUERY_STRING=query)

        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"
        assert query.partition("=")[0][:3] in answer.json()["detail"] or "%" in query


def test_a_name_that_several_actors_have_asks_for_none_of_them(client: Client) -> None:
    for _number in range(2):
        actor = publish_actor(title_en="The Front")
        publish_case(rows={"participation": [{"actor": actor}]})

    assert client.get("/en/cases.csv?actor=The+Front").status_code == 400


def test_nothing_is_an_answer(client: Client) -> None:
    publish_case()

    assert rows_of_csv(client, "/en/cases.csv?outcome=holding") == []
    assert loaded(client, "/en/cases.json?outcome=holding")["rows"] == []
    assert loaded(client, "/en/cases.geojson?outcome=holding")["features"] == []
    assert len(cells(sent(client, "/en/cases.xlsx?outcome=holding"), 2)) == 1


def test_pages_of_rows_are_joined_without_a_seam(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "PAGE", 2)
    keys = {str(publish_case().pk) for _number in range(5)}

    assert {row["id"] for row in rows_of_csv(client, "/en/cases.csv")} == keys
    assert {row["id"] for row in loaded(client, "/en/cases.json")["rows"]} == keys
    assert {row[0][1] for row in cells(sent(client, "/en/cases.xlsx"), 2)[1:]} == keys


def test_a_workbook_that_would_take_long_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "xlsx", replace(FORMATS["xlsx"], most_rows=1))
    publish_case()
    publish_case()

    assert client.get("/en/cases.xlsx").status_code == 400
    assert client.get("/en/cases.csv").status_code == 200


def test_who_asks_for_the_head_alone_gets_no_rows(client: Client) -> None:
    publish_case()
    answer: Any = client.head("/en/cases.csv")

    assert answer["X-Number"] == "1/1"
    assert b"".join(answer.streaming_content) == b""


def test_the_links_of_a_list_leave_out_a_name_that_several_have(client: Client) -> None:
    for number in range(2):
        publish_actor(title_en=f"United front {number}")
    publish_case()

    page = client.get("/en/cases/?actor=united&since=1990").content.decode()

    links = [one["href"] for one in Document.of(page).all("a") if "alternate" in one["rel"]]
    assert links
    assert all(sent(client, one) for one in links)
