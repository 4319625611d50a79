"""The page of the search: its answers, what it says of them, and its box on every page."""

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import publish_actor, publish_case, publish_one_of_each, publish_source, publish_term
from tests.whole_site.reading import Document, read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def asked(client: Client, query: str, language: str = "en") -> Document:
    return read(client, f"/{language}/search/?{query}")


def titles(page: Document) -> list[str]:
    return [" ".join(one.text.split()) for one in page.all("h3")]


def lines(page: Document, class_: str) -> list[str]:
    return [" ".join(one.text.split()) for one in page.all("p", class_=class_)]


def test_answers_are_grouped_by_kind_and_marked(client: Client) -> None:
    publish_term(slug="truce", title_en="truce", definition_en="A pause in the fighting between two sides.")
    publish_case(slug="yemen", title_en="Yemen: truces of spring", finding_en="It held.")

    page = asked(client, "q=truce")

    assert titles(page) == ["truce", "Yemen: truces of spring"]
    assert [one.text for one in page.all("mark")][:2] == ["truce", "truces"]
    headings = [" ".join(one.text.split()) for one in page.all("h2") if one["id"].startswith("found-")]
    assert headings == ["Terms 1", "Ceasefire cases 1"]


def test_one_kind_is_shown_in_pages(client: Client) -> None:
    for number in range(25):
        publish_source(slug=f"report-{number}", title_en=f"Report {number}")
    publish_actor(title_en="Report office")

    assert len(titles(asked(client, "q=report"))) == 6
    first, second = asked(client, "q=report&kind=source"), asked(client, "q=report&kind=source&page=2")
    assert (len(titles(first)), len(titles(second))) == (20, 5)
    assert not {*titles(first)} & {*titles(second)}


def test_text_in_another_language_is_marked_as_such(client: Client) -> None:
    publish_term(slug="truce", title_en="truce", title_ar="هدنة", title_fr="")

    page = asked(client, "q=%D9%87%D8%AF%D9%86%D8%A9")

    assert [(one["lang"], one["dir"]) for one in page.all("p", lang="ar")] == [("ar", "rtl")]
    in_english = asked(client, "q=truce", "fr").all("bdi", lang="en")
    assert [one.text for one in in_english if one.text == "truce"] == ["truce"]


def test_a_word_that_was_replaced_is_said_with_a_link_to_the_literal_search(client: Client) -> None:
    publish_actor(slug="hezbollah", title_en="Mediator")

    page = asked(client, "q=mediatxr&page=1")

    [line] = lines(page, "search-repair")
    assert line.startswith("Nothing here has the word “mediatxr”. Searched for this instead: Mediator.")
    [literal] = [one["href"] for one in page.all("a") if "literal=1" in one["href"]]
    assert titles(asked(client, literal.removeprefix("?"))) == []


def test_nothing_found_helps(client: Client) -> None:
    page = asked(client, "q=zzqqxx")

    assert "Nothing was found." in page.text
    links = {one["href"] for one in page.all("a")}
    assert {"/en/cases/", "/en/actors/", "/en/glossary/", "/en/sources/"} <= links


@pytest.mark.parametrize(
    "query, line",
    {
        "q=truce&kind=zzz": "kind = zzz",
        "q=truce&outcome=holding": "outcome = holding",
        "q=a&q=truce": "q = a",
        "q=truce&page=7": "page = 7",
        "q=truce&page=x&literal=yes": "page = x, literal = yes",
        f"q=truce&kind=case&page={'9' * 400}": f"page = {'9' * 79}…",
    }.items(),
)
def test_what_is_not_understood_is_said(client: Client, query: str, line: str) -> None:
    publish_case(title_en="Truce")

    assert lines(asked(client, query), "not-understood") == [f"Not understood: {line}"]


@pytest.mark.parametrize("query", ["", "q=", "q=truce", "q=truce&kind=case&page=1", "q=truce&literal=1"])
def test_nothing_is_said_of_what_is_understood(client: Client, query: str) -> None:
    publish_case(title_en="Truce")

    assert lines(asked(client, query), "not-understood") == []


@pytest.mark.parametrize(
    "typed", ["x" * 10_000, "%ED%A0%80", "%E2%80%AEabc", "%F0%9F%95%8A", "%22" * 99, "a"]
)
def test_whatever_is_asked_has_a_page(client: Client, typed: str) -> None:
    assert client.get(f"/ar/search/?q={typed}").status_code == 200
    assert client.get(f"/ar/search/suggestions/?q={typed}").status_code == 200


def test_of_many_words_that_occur_nowhere_a_few_are_replaced(client: Client) -> None:
    publish_case(title_en="Armistice of the northern mountains between neighbours")

    def queries(words: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/en/search/", {"q": words}).status_code == 200
        return len(captured)

    wrong = ["armistise", "nothern", "mountans", "neighbors"]
    assert queries(" ".join(wrong * 5)) <= queries(" ".join(wrong[:3])) + 2


def test_markup_that_is_typed_stays_text(client: Client) -> None:
    html = client.get("/en/search/", {"q": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in html


def test_search_engines_do_not_keep_it(client: Client) -> None:
    assert [one["content"] for one in asked(client, "q=truce").all("meta", name="robots")] == ["noindex"]


def test_each_page_has_the_box_or_the_form_and_never_both(client: Client) -> None:
    entries = publish_one_of_each()
    addresses = ["/en/", "/en/cases/", "/en/glossary/", entries["case"].get_absolute_url()]

    for address in addresses:
        [form] = read(client, address).all("form", role="search")
        assert (form["action"], form["method"]) == ("/en/search/", "get")
    assert len([*asked(client, "q=truce").all("form", role="search")]) == 1


def test_browsers_are_told_of_the_search_and_get_suggestions(client: Client) -> None:
    publish_actor(title_en="League of Arab States", title_ar="جامعة الدول العربية")

    root = ElementTree.fromstring(client.get("/ar/search/opensearch.xml").content)  # noqa: S314 - our own
    templates = [one.get("template") for one in root.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")]
    assert [str(one).partition("/ar/")[2] for one in templates] == [
        "search/?q={searchTerms}",
        "search/suggestions/?q={searchTerms}",
    ]
    answer: Any = json.loads(client.get("/ar/search/suggestions/?q=leag").content)
    assert answer == ["leag", ["جامعة الدول العربية"], [""]]
