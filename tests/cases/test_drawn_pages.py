"""The map and the figures of cases answer the questions of the list, in drawings and in words."""

import csv
from typing import Any

import pytest
from django.test import Client

from cases import drawn_views
from tests.factories import publish_actor, publish_case, publish_place
from tests.kept import kept
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@kept
def casebook() -> dict[str, Any]:
    """Three cases in two countries, of which one has a position; and one case that names no country."""
    yemen = publish_place(slug="yemen", title_en="Yemen", latitude="15.5", longitude="47.5")
    nowhere = publish_place(slug="nowhere", title_en="Nowhere")
    ended = {"declared_on": "2010", "ended_on": "2011", "outcome": "collapsed", "outcome_as_of": "2011"}
    publish_case(slug="first", countries=[yemen], **ended)
    publish_case(slug="second", countries=[yemen, nowhere], outcome="holding", outcome_as_of="2020")
    publish_case(slug="third", countries=[nowhere], declared_on="2015", outcome="unknown")
    publish_case(slug="fourth", outcome="unknown")
    return {"yemen": yemen, "nowhere": nowhere}


def words(client: Client, address: str) -> str:
    document = Document.of(client.get(address).content.decode())
    return " ".join(next(iter(document.all("main"))).text.split())


def test_the_map_counts_the_cases_of_each_place(client: Client, casebook: dict[str, Any]) -> None:
    context = client.get("/en/cases/map/").context

    assert [(place.slug, number) for place, number in context["places"]] == [("nowhere", 2), ("yemen", 2)]
    assert [dot.place.slug for dot in context["map"].dots] == ["yemen"]
    assert context["total"] == 4


def test_what_cannot_be_drawn_is_said(client: Client, casebook: dict[str, Any]) -> None:
    said = words(client, "/en/cases/map/")

    assert "Nowhere: the casebook has no position for it." in said
    assert "1 case names no country." in said


def test_the_map_takes_the_questions_of_the_list_along(client: Client, casebook: dict[str, Any]) -> None:
    page = client.get("/en/cases/map/?outcome=holding")

    assert page.context["total"] == 1
    links = [
        one.attributes["href"]
        for one in Document.of(page.content.decode()).all("a")
        if "country=yemen" in one.attributes.get("href", "")
    ]
    assert len(links) == 2
    assert all(link.startswith("/en/cases/?") and "outcome=holding" in link for link in links)


def test_a_question_of_rows_counts_no_case_twice(client: Client, casebook: dict[str, Any]) -> None:
    publish_case(
        rows={"participation": [{"actor": publish_actor(), "role": "signatory"} for _number in range(2)]},
        countries=[casebook["yemen"]],
    )

    context = client.get("/en/cases/map/?role=signatory").context

    assert context["total"] == 1
    assert [number for _place, number in context["places"]] == [1]


def test_a_map_of_many_places_names_the_fullest(
    client: Client, casebook: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn_views, "MOST_PLACES", 1)

    context = client.get("/en/cases/map/").context

    assert (len(context["places"]), context["further"]) == (1, 1)


def test_keys_and_screen_readers_meet_each_place_once(client: Client, casebook: dict[str, Any]) -> None:
    document = Document.of(client.get("/en/cases/map/").content.decode())

    assert all(land.attributes.get("aria-hidden") == "true" for land in document.all("div", class_="land"))
    of_dots = [one for one in document.all("a") if one.attributes.get("tabindex") == "-1"]
    assert len(of_dots) == 1


@pytest.mark.parametrize("language, said", [
    ("en", "do not imply the expression of any opinion whatsoever"), ("ar", "الأمانة العامة للأمم المتحدة"),
    ("fr", "aucune prise de position quant au statut juridique"),
])  # fmt: skip
def test_the_map_bears_the_words_of_the_united_nations(
    client: Client, casebook: dict[str, Any], language: str, said: str
) -> None:
    assert said in words(client, f"/{language}/cases/map/")


# --- figures -----------------------------------------------------------------------------


def test_outcomes_are_counted_and_lead_to_their_cases(client: Client, casebook: dict[str, Any]) -> None:
    page = client.get("/en/cases/figures/?since=2000")

    assert {bar.outcome: bar.number for bar in page.context["tally"]} == {"collapsed": 1, "unknown": 1}
    links = [one["href"] for one in Document.of(page.content.decode()).all("a") if "outcome" in one.classes]
    assert links == [f"/en/cases/?since=2000&outcome={one}" for one in ("collapsed", "unknown")]


def test_what_is_not_counted_is_named(client: Client, casebook: dict[str, Any]) -> None:
    said = words(client, "/en/cases/figures/")

    assert "1 ceasefire is counted (n = 1)." in said
    assert "These are too few for a curve." in said
    assert "What became of it is not known. (2)" in said


def test_of_very_many_cases_the_newest_are_counted_and_that_is_said(
    client: Client, casebook: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn_views, "MOST_COUNTED", 2)

    assert "The curves count the newest 2 of these cases." in words(client, "/en/cases/figures/")


def test_a_curve_is_drawn_with_its_table(client: Client) -> None:
    for year in range(2000, 2012):
        ended = {"ended_on": str(year + 3), "outcome": "collapsed", "outcome_as_of": str(year + 3)}
        publish_case(declared_on=str(year), **ended)

    html = client.get("/en/cases/figures/").content.decode()

    assert 'class="curve"' in html
    assert "12 ceasefires are counted (n = 12)." in " ".join(html.split())
    assert "The curve comes down to a half after 3 years." in " ".join(html.split())


def test_nothing_found_is_said(client: Client) -> None:
    for view in ("map", "timeline", "figures"):
        assert "No case matches all these filters." in words(client, f"/en/cases/{view}/?outcome=holding")


def test_the_data_of_the_curves_are_a_file(client: Client, casebook: dict[str, Any]) -> None:
    answer = client.get("/en/cases/figures.csv")

    rows = [*csv.DictReader(answer.content.decode().splitlines())]
    assert answer["Content-Type"].startswith("text/csv")
    assert {row["case"]: (row["days"], row["collapsed"], row["not_counted_because"]) for row in rows} == {
        "first": ("365", "1", ""),
        "second": ("", "", "no_start"),
        "third": ("", "", "no_outcome"),
        "fourth": ("", "", "no_outcome"),
    }
    assert len([*client.get("/en/cases/figures.csv?since=2012").content.decode().splitlines()]) == 2


@pytest.mark.parametrize("query", ["x=1", "outcome=zzz", "page=2", "outcome=%00"])
def test_a_file_cannot_say_what_was_not_understood_and_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/en/cases/figures.csv?{query}").status_code == 400


@pytest.mark.parametrize("view", ["", "map/", "timeline/", "figures/"])
def test_each_view_leads_to_the_others_with_the_same_questions(client: Client, view: str) -> None:
    plain, asked = (
        {one["href"] for one in Document.of(client.get(f"/en/cases/{view}{query}").content.decode()).all("a")}
        for query in ("", "?outcome=holding")
    )

    for other in ("map/", "timeline/", "figures/"):
        assert f"/en/cases/{other}" in plain
        assert f"/en/cases/{other}?outcome=holding" in asked


def test_a_map_of_a_country_shows_that_country_alone(client: Client, casebook: dict[str, Any]) -> None:
    context = client.get("/en/cases/map/?country=yemen").context

    assert [(place.slug, number) for place, number in context["places"]] == [("yemen", 2)]
    assert client.get("/en/cases/?country=yemen").context["paginator"].count == 2


@pytest.mark.parametrize("view", ["", "map/", "timeline/", "figures/"])
def test_every_file_that_a_view_offers_is_there(client: Client, casebook: dict[str, Any], view: str) -> None:
    document = Document.of(client.get(f"/en/cases/{view}?country=yemen").content.decode())

    offered = {one["href"] for one in document.all("link", rel="describedby")}
    offered |= {one["href"] for one in document.all("a") if "download" in one.attributes}
    offered |= {one["href"] for one in document.all("a") if "alternate" in one["rel"]}
    assert {address: client.get(address).status_code for address in offered if address.startswith("/")} == {
        address: 200 for address in offered if address.startswith("/")
    }
