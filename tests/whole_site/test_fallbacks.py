"""Text that is missing in a language is shown in another, which the page says and marks."""

from typing import Any

import pytest
from django.db import models
from django.test import Client

from cases.models import Alias
from publishing.fields.columns import language_of_column
from publishing.languages import FALLBACKS, PAGE_LANGUAGES
from publishing.models import Entry
from tests.factories import publish_case, publish_theme
from tests.kept import kept
from tests.whole_site.filled import publish_filled
from tests.whole_site.reading import Document, Element, address_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("remembered")]

WORDS = "Only in one language"
PUBLIC = ("theme", "place", "source", "image", "actor", "case", "initiative", "pillar", "term", "page")


@pytest.fixture(params=PUBLIC)
def kind(request: pytest.FixtureRequest) -> Any:
    """Each kind of entry that has a page."""
    return request.param


@kept
def english() -> dict[str, Entry]:
    """An entry of each kind of which every text is English."""
    return publish_filled(_only_in("en"))


@kept
def arabic() -> dict[str, Entry]:
    """An entry of each kind of which every text is Arabic."""
    return publish_filled(_only_in("ar"))


@pytest.mark.parametrize("reads", ["ar", "fr"])
def test_english_text_on_another_page_is_marked_as_english(
    client: Client, english: dict[str, Entry], kind: str, reads: str
) -> None:
    marked = _marked(_page(client, english[kind], reads))

    assert marked
    assert {element.language for element in marked} == {"en"}
    assert {_direction(element) for element in marked} <= {"ltr", "auto"}


@pytest.mark.parametrize("reads", ["en", "fr"])
def test_arabic_text_on_another_page_is_marked_and_runs_from_the_right(
    client: Client, arabic: dict[str, Entry], kind: str, reads: str
) -> None:
    marked = _marked(_page(client, arabic[kind], reads))

    assert marked
    assert {element.language for element in marked} == {"ar"}
    assert {_direction(element) for element in marked} <= {"rtl", "auto"}


def test_text_in_the_language_of_the_page_is_not_marked(client: Client, language: str) -> None:
    case = publish_case(**{f"title_{one}": f"Title {one}" for one in PAGE_LANGUAGES},
                        **{f"narrative_{one}": f"Story {one}" for one in PAGE_LANGUAGES})  # fmt: skip

    document = _page(client, case, language)

    assert f"Story {language}" in document.text
    assert "fallback" not in {name for element in document.elements for name in element.classes}


def test_long_text_in_another_language_says_so_above_it(client: Client) -> None:
    case = publish_case(narrative_fr="Une histoire")

    document = _page(client, case, "en")

    warning, *_ = [one for one in document.elements if one.name == "p" and "fallback" in one.classes]
    assert warning.text == "Not translated yet; the text below is in French."


@pytest.mark.parametrize("reads, shown", [(one, FALLBACKS[one][1]) for one in PAGE_LANGUAGES])
def test_the_nearest_language_is_shown(client: Client, reads: str, shown: str) -> None:
    titles = {f"title_{one}": f"Title {one}" for one in PAGE_LANGUAGES}
    theme = publish_theme(**{**titles, f"title_{reads}": ""})

    heading = _page(client, theme, reads).one("h1")

    assert heading.text == f"Title {shown}"


def _only_in(language: str) -> Any:
    """The words in the columns of that language, and in those that have none; nothing in the others."""

    def text(column: models.Field) -> str:
        if column.model is Alias:
            return "Names say their own language"
        return WORDS if language_of_column(column) in {"", language} else ""

    return text


def _marked(document: Document) -> list[Element]:
    """Where the words stand, but for what is written once for all languages."""
    return [run.inside for run in document.visible if WORDS in run.text and not _is_one_language(run.inside)]


def _page(client: Client, entry: Entry, language: str) -> Document:
    response = client.get(address_of(entry, language))
    assert response.status_code == 200
    return Document.of(response.content.decode())


def _is_one_language(element: Element) -> bool:
    """Whether it holds what is written once for all languages: names, locators, quotations, numbers."""
    around = (element, *element.above)
    return any(
        (one.name == "bdi" and not one["lang"]) or one.name in {"q", "blockquote"} or "alias" in one.classes
        for one in around
    )


def _direction(element: Element) -> str:
    return "auto" if element.name == "bdi" and not element["dir"] else element.direction
