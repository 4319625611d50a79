"""What all pages share: headings without a gap, the part the reader is in, names in the order of the language."""

from functools import partial

import pytest
from django.test import Client

from publishing.languages import PAGE_LANGUAGES
from search.ordering import sort_key
from tests.factories import (
    publish_case,
    publish_page,
    publish_place,
)
from tests.whole_site.parts.pages import Page, words
from tests.whole_site.reading import Document, address_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize("text", ["# One\n\n### Two", "## One\n\n### Two"], ids=["one sign", "two signs"])
def test_no_level_is_left_out_between_the_title_and_the_headings_of_a_page(page: Page, text: str) -> None:
    document = page(publish_page(body_en=text))

    inner = [one for one in document.elements if any("prose" in above.classes for above in one.above)]
    assert [one.name for one in inner if one.name in {"h1", "h2", "h3", "h4"}] == ["h2", "h3"]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_the_head_of_a_page_marks_the_part_that_the_reader_is_in(page: Page, language: str) -> None:
    case = publish_case()
    address = address_of(case, language).removesuffix(f"{case.slug}/")

    marked = {
        one["href"]: one["aria-current"]
        for one in page(case, language).all("a")
        if one["aria-current"] and not one["hreflang"]
    }

    assert marked == {address: "true"}


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_a_list_names_the_countries_of_a_case_in_the_order_of_the_language(page: Page, language: str) -> None:
    names = [("Yemen", "اليمن", "Yémen"), ("Chad", "تشاد", "Tchad"), ("Egypt", "مصر", "Égypte")]
    places = [publish_place(title_en=en, title_ar=ar, title_fr=fr) for en, ar, fr in names]
    publish_case(countries=places)

    document = Document.of(Client().get(f"/{language}/cases/?as=cards").content.decode())

    named = [{"en": en, "ar": ar, "fr": fr}[language] for en, ar, fr in names]
    ordered = sorted(named, key=partial(sort_key, language=language))
    on_card = [
        words(one) for one in document.all("bdi") if any("items" in above.classes for above in one.above)
    ]
    assert [one for one in on_card if one in named] == ordered
    offered = [words(one.above[-1]) for one in document.all("input", name="country", type="checkbox")]
    assert [one.rpartition(" ")[0] for one in offered if one.rpartition(" ")[0] in named] == ordered
