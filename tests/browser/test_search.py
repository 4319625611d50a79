"""Readers on a phone find what a word means, by one search from the front page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from publishing.languages import PAGE_LANGUAGES
from tests.browser.journeys import fits
from tests.browser.watching import next_page

pytestmark = pytest.mark.browser


# What somebody looks for, and the term that is found first.
WORDS = {"hudna": "hudna", "trêve": "truce", "هدنة": "truce", "sulh": "sulh"}


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_a_word_is_found_by_one_search_from_the_front_page(visitor: Callable, language: str) -> None:
    page = visitor(viewport={"width": 375, "height": 700}, java_script_enabled=False).new_page()
    page.goto(f"/{language}/")
    page.locator(".search-link").click()

    for word, address in WORDS.items():
        # The answers to one have the box for the next.
        page.locator("main input[name=q]").fill(word)
        with next_page(page):
            page.locator("main input[name=q]").press("Enter")

        first = page.locator(".search-hits a").first
        expect(first).to_have_attribute("href", f"/{language}/glossary/{address}/")
        expect(first).to_be_in_viewport()
        fits(page)


def test_names_are_offered_while_somebody_types(visitor: Callable) -> None:
    page = visitor().new_page()
    page.goto("/en/search/")

    page.locator("main input[name=q]").press_sequentially("hezb")

    expect(page.locator('#search-names option[value="Hezbollah"]')).to_have_count(1)
