"""The front page shows what the tables hold: in its place, once, and nothing that is not there."""

from typing import Any

import pytest

from publishing.actions import retracting
from publishing.languages import PAGE_LANGUAGES
from tests.factories import (
    publish_actor,
    publish_case,
    publish_change,
    publish_initiative,
    publish_pillar,
    publish_source,
    publish_term,
    publish_theme,
)
from tests.whole_site.parts.pages import Page, inside, words
from tests.whole_site.reading import address_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_the_front_page_draws_the_cases_that_have_a_date_newest_first(page: Page) -> None:
    publish_case(title_en="Old", declared_on="1994", outcome="expired", outcome_as_of="1995")
    publish_case(title_en="New", declared_on="2020-10-23", outcome="holding", outcome_as_of="2021")
    publish_case(title_en="Undated")

    document = page()

    names = [
        one
        for one in document.all("div", class_="name")
        if any("spans" in above.classes for above in one.above)
    ]
    assert [words(name) for name in names] == ["New", "Old"]
    assert [bar["class"] for bar in document.all("rect") if "bar" in bar.classes] == [
        "bar holding open",
        "bar expired",
    ]


def test_the_front_page_draws_twenty_cases_at_most(page: Page) -> None:
    for number in range(22):
        publish_case(declared_on=f"20{number:02}")

    assert len([bar for bar in page().all("rect") if "bar" in bar.classes]) == 20


def test_the_front_page_counts_what_is_published(page: Page, editor: Any) -> None:
    publish_initiative()
    for _number in range(2):
        publish_case()
    for _number in range(3):
        publish_source()
    retracting.retract(publish_case(), by=editor, reason="It was wrong.", language="en")

    document = page()

    band = document.one("dl", class_="numbers-band")
    names, numbers = (inside(document, band, name) for name in ("dt", "dd"))
    assert {words(name): words(number) for name, number in zip(names, numbers, strict=True)} == {
        "Ceasefire cases": "2",
        "Reconstruction initiatives": "1",
        "Sources": "3",
    }


def test_the_latest_changes_name_kind_and_revision(page: Page) -> None:
    case, pillar = publish_case(title_en="Truce"), publish_pillar(title_en="Mediation")
    publish_change(case, title_fr="Trêve")

    document = page()

    changes = inside(document, document.one("ul", class_="changes-list"), "li")
    assert [words(one).rsplit(" ", 3)[0] for one in changes] == [
        "Truce Ceasefire case Revision 2",
        "Mediation Pillar Revision 1",
    ]
    assert [one["href"] for one in document.all("a") if one.above[-2]["class"] == "changes-list"] == [
        address_of(case, "en"),
        address_of(pillar, "en"),
    ]


def test_the_latest_changes_are_six_of_what_is_read(page: Page) -> None:
    for _number in range(7):
        publish_case()
    for publish_another in (publish_actor, publish_source, publish_term, publish_theme):
        publish_another()

    document = page()

    changes = [words(one) for one in inside(document, document.one("ul", class_="changes-list"), "li")]
    assert len(changes) == 6
    assert all("Ceasefire case" in change for change in changes)


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_the_front_page_of_an_empty_casebook_draws_and_lists_nothing(page: Page, language: str) -> None:
    document = page(language=language)

    assert not {"cases", "changes"} & document.ids
    assert [words(one) for one in document.all("dd")][:3] == ["0", "0", "0"]
