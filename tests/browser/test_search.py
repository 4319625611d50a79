"""Readers on a phone find what a word means, by one search from the front page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
@pytest.mark.parametrize(
    "word, address", [("hudna", "hudna"), ("trêve", "truce"), ("هدنة", "truce"), ("sulh", "sulh")]
)
def test_a_word_is_found_by_one_search_from_the_front_page(
    visitor: Callable, language: str, word: str, address: str
) -> None:
    page = visitor(viewport={"width": 375, "height": 700}, java_script_enabled=False).new_page()
    page.goto(f"/{language}/")

    page.locator(".search-link").click()
    page.locator("main input[name=q]").fill(word)
    page.locator("main input[name=q]").press("Enter")

    first = page.locator(".search-hits a").first
    expect(first).to_have_attribute("href", f"/{language}/glossary/{address}/")
    expect(first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_names_are_offered_while_somebody_types(visitor: Callable) -> None:
    page = visitor().new_page()
    page.goto("/en/search/")

    page.locator("main input[name=q]").press_sequentially("hezb")

    expect(page.locator('#search-names option[value="Hezbollah"]')).to_have_count(1)
