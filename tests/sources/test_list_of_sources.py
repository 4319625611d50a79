"""The list of sources: by words, of a type, of a publisher, the most cited first."""

from functools import partial

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.models import Entry
from sources import views
from tests.factories import publish_case, publish_source
from tests.kept import kept
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LIST = "/en/sources/"


@partial(kept, autouse=True)
def _sources() -> None:
    report = publish_source(
        title_en="Report on Doha", title_fr="Rapport sur Doha", source_type="report", publisher="Envoy"
    )
    news = publish_source(
        title_en="A truce holds", source_type="news", publisher="Daily", authors="Doe, Jane"
    )
    letter = publish_source(
        title_en="Letter",
        source_type="un_document",
        publisher="Envoy",
        identifier_scheme="un_symbol",
        identifier="S/2008/392",
    )
    publish_case(rows={"claim": [{"source": report}, {"source": news, "about": "finding"}]})
    publish_case(rows={"claim": [{"source": news}, {"source": letter}]})
    Entry.objects.update(is_in_use=True)


def read(client: Client, query: str, language: str = "en") -> Document:
    return Document.of(client.get(f"/{language}/sources/{query}").content.decode())


def titles(document: Document) -> list[str]:
    found = document.one("ul", class_="short-list")
    return [link.text for link in document.all("a") if found in link.above]


ASKED = {
    "": ["A truce holds", "Letter", "Report on Doha"],
    "?type=report": ["Report on Doha"],
    "?publisher=Envoy": ["Letter", "Report on Doha"],
    "?publisher=Envoy&type=un_document": ["Letter"],
    "?order=citations": ["A truce holds", "Letter", "Report on Doha"],
    "?q=doha": ["Report on Doha"],
    "?q=DOHA+rapport": ["Report on Doha"],
    "?q=s/2008/392": ["Letter"],
    "?q=jane": ["A truce holds"],
    "?q=envoy&type=report": ["Report on Doha"],
    "?q=envoy&order=citations": ["Letter", "Report on Doha"],
    "?q=nothing+is+called+so": [],
    "?q=%25": [],
    "?publisher=Nobody": [],
}


@pytest.mark.every_database
@pytest.mark.parametrize("query", ASKED)
def test_it_answers(client: Client, query: str) -> None:
    assert titles(read(client, query)) == ASKED[query]


def test_nothing_found_is_said(client: Client) -> None:
    assert "No source matches this." in read(client, "?q=nothing").text


def test_the_form_holds_what_is_asked(client: Client) -> None:
    document = read(client, "?q=%22%3Cb%3E&publisher=Nobody&type=news&order=citations")

    assert document.one("input", id="id_words")["value"] == '"<b>'
    assert [one["value"] for one in document.all("option") if "selected" in one.attributes] == ["Nobody"]
    assert document.one("input", name="type")["value"] == "news"
    assert document.one("input", name="order")["value"] == "citations"


@pytest.mark.parametrize(
    "query, line",
    [
        ("?type=rumour", "type = rumour"),
        ("?q=a&q=b", "q = a"),
        ("?year=2020", "year = 2020"),
        ("?q=" + "x" * 201, f"q = {'x' * 79}…"),
        ("?order=age&page=zzz", "order = age, page = zzz"),
    ],
)
def test_what_it_does_not_know_is_said(client: Client, query: str, line: str) -> None:
    said = read(client, query).one("p", class_="not-understood").text

    assert " ".join(said.split()) == f"Not understood: {line}"


@pytest.mark.parametrize(
    "query", ["?q=%00", "?q=%ED%A0%80", "?publisher=%F0%9F", "?page=99999999999999999999"]
)
def test_whatever_is_sent_is_answered(client: Client, query: str) -> None:
    assert client.get(f"{LIST}{query}").status_code in {200, 400}


def test_a_page_leads_on_with_what_is_asked(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views.SourceList, "paginate_by", 1)

    document = read(client, "?publisher=Envoy")

    following = document.one("a", rel="next")["href"]
    assert "publisher=Envoy" in following
    assert titles(read(client, following)) == ["Report on Doha"]
    assert "2 sources" in document.text


@pytest.mark.parametrize("query", ["", "?q=doha", "?type=news", "?order=citations&publisher=Envoy"])
def test_the_list_takes_few_queries(client: Client, query: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{LIST}{query}")

    assert len(captured) <= 6


@pytest.mark.every_database
@pytest.mark.parametrize(
    "query", ["", "?q=report", "?type=report", "?publisher=United+Nations", "?q=the&type=news"]
)
def test_the_number_beside_a_type_or_a_publisher_is_what_its_answer_lists(client: Client, query: str) -> None:
    context = client.get(f"/en/sources/{query}").context

    for value, _label, number in context["types"]:
        one = f"/en/sources/?{with_answer(query, type=value)}"
        assert client.get(one).context["paginator"].count == number, one
    for name, number in context["publishers"]:
        one = f"/en/sources/?{with_answer(query, publisher=name)}"
        assert client.get(one).context["paginator"].count == number, one


def with_answer(query: str, **other: str) -> str:
    """The query with another answer."""
    asked = QueryDict(query.removeprefix("?"), mutable=True)
    for name, value in other.items():
        asked[name] = value
    return str(asked.urlencode())
