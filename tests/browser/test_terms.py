"""Readers open what a term means where they meet it, with the keyboard too, and without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.watching import settled

pytestmark = pytest.mark.browser

PILLAR = "pillars/ceasefire-implementation/"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_term_opens_by_a_key_and_closes_by_another(visitor: Callable, language: str, width: int) -> None:
    page = visitor(viewport={"width": width, "height": 700}, java_script_enabled=False).new_page()
    page.goto(f"/{language}/{PILLAR}")
    term = settled(page).locator("button.term").first
    meaning = page.locator(f"#{term.get_attribute('popovertarget')}")
    expect(meaning).to_be_hidden()

    term.focus()
    page.keyboard.press("Enter")

    expect(meaning).to_be_visible()
    box = meaning.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.keyboard.press("Tab")
    expect(meaning.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    expect(term).to_be_focused()


def test_a_term_is_one_stop_of_the_keyboard(visitor: Callable) -> None:
    page = visitor(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"/en/{PILLAR}")
    term = page.locator("button.term").first

    term.focus()
    page.keyboard.press("Tab")

    expect(page.locator(".to-term:focus, .about-term :focus")).to_have_count(0)
    assert page.locator(":focus").count() == 1


def test_on_paper_the_meanings_stand_at_the_foot(visitor: Callable) -> None:
    page = visitor(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"/en/{PILLAR}")
    expect(page.locator("#terms-here")).to_be_hidden()

    page.emulate_media(media="print")

    expect(page.locator("#terms-here")).to_be_visible()
    expect(page.locator(".about-term").first).to_be_visible()
