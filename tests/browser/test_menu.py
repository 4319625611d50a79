"""On a phone the parts of the casebook are in a menu, which the keyboard opens too, without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.barriers import barriers_on, told
from tests.browser.journeys import fits
from tests.browser.watching import settled

pytestmark = pytest.mark.browser

PARTS = 6


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_menu_opens_by_a_key_and_closes_by_another(visitor: Callable, language: str) -> None:
    page = visitor(viewport={"width": 320, "height": 640}, java_script_enabled=False).new_page()
    page.goto(f"/{language}/glossary/")
    button, menu = settled(page).locator(".menu-button"), page.locator("#site-menu")
    expect(menu).to_be_hidden()
    fits(page)

    button.focus()
    page.keyboard.press("Enter")

    expect(menu.locator("li a")).to_have_count(PARTS)
    for link in menu.locator("li a").all():
        expect(link).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(menu.locator(".menu-close")).to_be_focused()
    page.keyboard.press("Tab")
    expect(menu.locator("li a").first).to_be_focused()
    fits(page)
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


def test_no_barrier_is_in_the_open_menu(visitor: Callable) -> None:
    page = visitor(viewport={"width": 375, "height": 800}).new_page()
    page.goto("/en/glossary/")
    page.locator(".menu-button").click()

    assert not (found := barriers_on(settled(page))), told(found)

    page.locator(".menu-close").click()
    expect(page.locator("#site-menu")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".menu-button")).to_be_hidden()
    expect(page.locator(".search-link")).to_be_hidden()


def test_where_there_is_room_the_parts_stand_in_the_header(visitor: Callable) -> None:
    page = visitor(viewport={"width": 1280, "height": 800}).new_page()
    page.goto("/en/glossary/")

    expect(page.locator(".menu-button, .menu-close").first).to_be_hidden()
    for link in page.locator("#site-menu a").all():
        expect(link).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("#site-menu")).to_be_hidden()
