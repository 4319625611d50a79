"""The page of a pillar weighs its evidence, names its sources and lists its parts."""

import pytest

from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry
from tests.factories import (
    key,
    publish_case,
    publish_pillar,
    publish_source,
)
from tests.kept import kept
from tests.whole_site.parts.pages import Page, contents, in_order, inside, section, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@kept
def pillar() -> Entry:
    """A pillar with evidence both ways and a source."""
    one, other = key(), key()
    return publish_pillar(
        rows={
            "section": in_order({"id": one, "anchor": "one"}, {"id": other, "anchor": "other"}),
            "evidence": [
                {"section": one, "entry": publish_case(), "role": "contradicts"},
                {"section": one, "entry": publish_case(), "role": "illustrates"},
                {"section": other, "entry": publish_case(), "role": "illustrates"},
            ],
            "claim": [{"about": f"section/{one}", "source": publish_source(title_en="Handbook")}],
        }
    )


def test_a_pillar_weighs_its_evidence(page: Page, pillar: Entry) -> None:
    document = page(pillar)

    balance = inside(document, document.one("ul", class_="balance"), "li")
    assert [(one["class"], words(one)) for one in balance] == [
        ("illustrates", "Illustrates: 2"),
        ("contradicts", "Counts against: 1"),
    ]


def test_a_pillar_without_evidence_weighs_nothing(page: Page) -> None:
    document = page(publish_pillar(rows={"section": [{}]}))

    assert [*document.all("ul", class_="balance")] == []


def test_a_pillar_names_its_sources(page: Page, pillar: Entry) -> None:
    document = page(pillar)

    links = [words(one) for one in inside(document, section(document, "sources"), "a")]
    assert links == ["Handbook", "Add a missing source"]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_part_of_a_pillar_that_the_contents_name_is_there(
    page: Page, pillar: Entry, language: str
) -> None:
    document = page(pillar, language)

    assert contents(document) == ["one", "other", "sources", "cite"]
    assert set(contents(document)) <= document.ids


# --- a source, an actor, a page ----------------------------------------------------------
