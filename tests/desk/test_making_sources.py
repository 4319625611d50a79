"""A source made from an address, a DOI or a symbol: read where it may be, seen before it is used, never made twice."""

import html
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from publishing.models import Entry
from sources import fetching
from sources.fetching import FetchedPage, NotRead
from sources.models import Source
from tests.desk.conftest import signed_in
from tests.desk.sheets import Sheet
from tests.factories import an_account, publish_source

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FROM = "/en/admin/sources/source/from/"
PAGE = b"""<html lang=en><meta name=citation_title content="An accord"><meta name=citation_publisher
content="A Press"><meta name=citation_date content="2020-10-23"><meta name=citation_doi content="10.5555/abc">"""
RECORD = b'{"title": "A study", "publisher": "A Press", "issued": {"date-parts": [[2021]]}}'


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The addresses that are read, with what they are asked for; each answers with a page or a record."""
    asked: list[tuple[str, str]] = []

    def fetch(url: str, *, accept: str = fetching.HTML) -> FetchedPage:
        asked.append((url, accept))
        if "silent" in url:
            raise NotRead
        is_page = accept == fetching.HTML
        return FetchedPage(url, "text/html" if is_page else "application/json", PAGE if is_page else RECORD)

    monkeypatch.setattr(fetching, "fetch", fetch)
    return asked


def boxes(answer: Any) -> dict[str, str]:
    """The values with which the form of a new source opens."""
    assert answer.status_code == 302, answer.content.decode()
    parts = urlsplit(answer["Location"])
    assert parts.path == "/en/admin/sources/source/add/"
    return {name: value for name, [value] in parse_qs(parts.query).items()}


def test_a_page_is_read_and_its_values_stand_in_the_form(desk: Client, asked: Any) -> None:
    answer = desk.post(FROM, {"named": "see https://site.example/a?b=c."})

    assert asked == [("https://site.example/a?b=c", fetching.HTML)]
    assert boxes(answer) == {
        "title_en": "An accord",
        "publisher": "A Press",
        "published_on": "2020-10-23",
        "language": "en",
        "identifier_scheme": "doi",
        "identifier": "10.5555/abc",
        "url": "https://site.example/a?b=c",
        "slug": "an-accord",
    }
    assert not Entry.objects.exists()
    form = desk.get(answer["Location"]).content.decode()
    assert 'value="An accord"' in form
    assert "Read from site.example. Compare each value with the document before you add the source." in form


def test_what_was_read_is_added_as_it_is_or_changed(desk: Client, asked: Any) -> None:
    address = desk.post(FROM, {"named": "https://site.example/a"})["Location"]
    sheet = Sheet(desk, address).type(source_type="news", publisher="Another", public_note="New.")

    assert sheet.save().status_code == 302
    made = Source.objects.get()
    assert (made.title_en, made.publisher, made.slug) == ("An accord", "Another", "an-accord")


def test_the_record_of_a_doi_is_asked_for(desk: Client, asked: Any) -> None:
    found = boxes(desk.post(FROM, {"named": "doi:10.1177/00220027221129195"}))

    assert asked == [("https://doi.org/10.1177/00220027221129195", "application/vnd.citationstyles.csl+json")]
    assert found["title_en"] == "A study"
    assert found["published_on"] == "2021"
    assert found["identifier"] == "10.1177/00220027221129195"


def test_a_symbol_says_its_address_and_nobody_is_asked(desk: Client, asked: Any) -> None:
    found = boxes(desk.post(FROM, {"named": "S/RES/1701 (2006)"}))

    assert asked == []
    assert found["url"] == "https://docs.un.org/en/S/RES/1701"
    assert (found["identifier"], found["source_type"]) == ("S/RES/1701 (2006)", "un_document")


def test_where_the_settings_say_so_nobody_is_asked(desk: Client, asked: Any, settings: Any) -> None:
    settings.READ_SOURCE_PAGES = False
    found = boxes(desk.post(FROM, {"named": "https://site.example/a"}))

    assert asked == []
    assert found == {"url": "https://site.example/a", "slug": "site-example-a"}


def test_a_page_that_does_not_answer_leaves_what_was_typed(desk: Client, asked: Any) -> None:
    answer = desk.post(FROM, {"named": "https://silent.example/a"})

    assert boxes(answer)["url"] == "https://silent.example/a"
    said = desk.get(answer["Location"]).content.decode()
    assert "No page could be read at silent.example. Fill in what the document says." in said


@pytest.mark.parametrize("named", ["http://[x", "http://[::1", "http://ex\u2100.example/"])
def test_an_address_that_is_none_stays_in_its_box(
    desk: Client, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    def fetch(_url: str, **_options: Any) -> FetchedPage:
        raise NotRead

    monkeypatch.setattr(fetching, "fetch", fetch)
    answer = desk.post(FROM, {"named": named})

    assert boxes(answer)["url"] == named
    assert f"No page could be read at {named}." in html.unescape(
        desk.get(answer["Location"]).content.decode()
    )


@pytest.mark.parametrize(
    "charset, title",
    [
        *(
            (one, "é")
            for one in ("idna", "undefined", "punycode", "utf-7", "unicode_escape", "a\x00b", "rot13")
        ),
        *(("UTF-8; x=y", "é"), ("'latin1'", "Ã©"), ("windows-1256", "أ©")),
    ],
)
def test_a_page_in_a_charset_that_is_none_is_read_as_unicode(
    desk: Client, monkeypatch: pytest.MonkeyPatch, charset: str, title: str
) -> None:
    page = FetchedPage("https://site.example/", f"text/html; charset={charset}", "<title>é".encode())
    monkeypatch.setattr(fetching, "fetch", lambda _url, **_options: page)

    assert boxes(desk.post(FROM, {"named": "https://site.example/"}))["title_en"] == title


def test_a_page_cannot_hide_letters_in_the_boxes(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    text = rb'<script type="application/ld+json">{"headline": "a\ud800b\u202ec"}</script>'
    page = FetchedPage("https://site.example/", "text/html", text)
    monkeypatch.setattr(fetching, "fetch", lambda _url, **_options: page)
    found = boxes(desk.post(FROM, {"named": "see \u202ehttps://site.example/a\u202c"}))

    assert (found["title_en"], found["url"]) == ("abc", "https://site.example/a")


@pytest.mark.parametrize("named", ["https://www.known.example/a/", "10.5555/ABC", "A known title"])
def test_what_exists_is_offered_and_not_made_again(desk: Client, asked: Any, named: str) -> None:
    known = publish_source(
        title_en="A known title",
        url="https://known.example/a",
        identifier_scheme="doi",
        identifier="10.5555/abc",
    )
    said = desk.post(FROM, {"named": named}).content.decode()

    assert "It is in the casebook already:" in said
    assert asked == []
    chosen = desk.post(FROM, {"choose": str(known.pk), "_popup": "1"}).content.decode()
    assert str(known.pk) in chosen
    assert "popup_response.js" in chosen
    assert desk.post(FROM, {"choose": str(known.pk)})["Location"].endswith(f"/{known.pk}/change/")


def test_what_its_page_says_may_be_known_already(desk: Client, asked: Any) -> None:
    publish_source(title_en="Known", identifier_scheme="doi", identifier="10.5555/abc")

    assert (
        "It is in the casebook already:"
        in desk.post(FROM, {"named": "https://site.example/copy"}).content.decode()
    )


def test_the_address_of_a_new_source_is_one_that_is_free(desk: Client, asked: Any) -> None:
    publish_source(slug="an-accord")

    slug = boxes(desk.post(FROM, {"named": "https://site.example/a"}))["slug"]
    assert slug.startswith("an-accord-")


@pytest.mark.parametrize(
    "sent", [{}, {"named": ""}, {"named": "\x00"}, {"named": "a" * 2_000}, {"choose": "x"}, {"choose": ""}]
)
def test_what_nobody_types_is_refused_with_words(desk: Client, asked: Any, sent: dict[str, str]) -> None:
    answer = desk.post(FROM, sent)

    assert answer.status_code == (404 if "choose" in sent else 200)
    assert asked == []


def test_only_who_may_add_sources_makes_one() -> None:
    reader = signed_in(an_account("visitor_of_the_desk", is_staff=True))

    assert reader.get(FROM).status_code == 403
    assert Client().get(FROM).status_code == 302


def test_an_editor_alone_adds_a_document_that_can_be_found(desk: Client) -> None:
    values = {"title_en": "S/2008/392", "slug": "s-2008-392", "source_type": "un_document", "language": "en"}
    named = {"identifier_scheme": "un_symbol", "identifier": "S/2008/392", "publisher": "United Nations"}
    sheet = Sheet.new(desk, "source", **values)
    sheet.values.pop("override_reason", None)

    assert "No source supports this key fact" in sheet.type(publisher="X").save().content.decode()
    assert sheet.type(**named).save().status_code == 302


def test_a_box_offers_names_particulars_and_use_and_leads_to_a_new_one(desk: Client) -> None:
    about = {"app_label": "sources", "model_name": "claim", "field_name": "source"}
    one = publish_source(title_en="An accord", title_fr="Un accord", publisher="A Press")
    results = desk.get("/en/admin/autocomplete/", {**about, "term": "accord"}).json()["results"]

    found, made = results
    assert found["id"] == str(one.pk)
    assert (found["name"], found["others"]) == ("An accord", [["fr", "Un accord"]])
    assert "A Press" in found["about"]
    assert made["text"] == "Make it from “accord”…"
    assert made["make"] == f"{FROM}?named=accord"
    assert desk.get(made["make"]).status_code == 200
