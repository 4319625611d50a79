"""The page of a source says who cites it, for what and where."""

import pytest

from publishing.languages import PAGE_LANGUAGES
from tests.factories import (
    publish_actor,
    publish_case,
    publish_source,
)
from tests.whole_site.parts.pages import Page, cells, in_order, inside, section, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_source_says_who_cites_it_for_what_and_where(page: Page) -> None:
    source = publish_source()
    publish_case(
        title_en="Truce",
        rows={
            "claim": in_order(
                {"about": "outcome", "source": source, "stance": "differs", "value_en": "Collapsed", "locator": "para. 3"},
                {"source": source},
            )
        },
    )  # fmt: skip
    publish_actor(title_en="Army", rows={"claim": [{"source": source, "locator": "annex"}]})

    document = page(source)

    cited = section(document, "cited")
    assert [words(one) for one in inside(document, cited, "h3")] == ["Army", "Truce"]
    assert [cells(document, table) for table in inside(document, cited, "table")] == [
        [["The entry as a whole", "Says the same", "annex"]],
        [["Outcome", "Collapsed Says otherwise", "para. 3"], ["The entry as a whole", "Says the same", ""]],
    ]


def test_where_a_source_says_so_is_said_in_the_language_of_the_page(page: Page) -> None:
    source = publish_source()
    publish_actor(rows={"claim": [{"source": source, "locator": "paras. 1 and 2"}]})

    places = {
        language: page(source, language).one("bdi", class_="locator").text for language in PAGE_LANGUAGES
    }

    assert places == {"en": "paras. 1 and 2", "ar": "الفقرتان 1 و2", "fr": "par. 1 et 2"}


def test_a_source_that_nothing_cites_says_so(page: Page) -> None:
    assert "Not cited yet." in page(publish_source()).text
