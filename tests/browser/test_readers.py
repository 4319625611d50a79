"""Readers without scripts and without a mouse."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.watching import settled

pytestmark = pytest.mark.browser


def test_without_scripts_the_filter_form_asks_and_the_list_answers(visitor: Callable) -> None:
    page = visitor(java_script_enabled=False).new_page()
    page.goto("/en/cases/")
    everything = page.locator(".case-table tbody tr").count()
    box = page.locator("input[name=outcome][value=never_took_effect]")

    box.check()
    with page.expect_navigation():
        page.locator("main form").first.locator("[type=submit]").click()

    assert "outcome=never_took_effect" in page.url
    expect(box).to_be_checked()
    assert 0 < page.locator(".case-table tbody tr").count() < everything


@pytest.mark.parametrize(
    "address", ["/ar/", "/ar/cases/libya-2020/", "/ar/pillars/ceasefire-implementation/", "/ar/about/"]
)
def test_without_scripts_pages_are_read(visitor: Callable, address: str) -> None:
    page = visitor(java_script_enabled=False).new_page()

    page.goto(address)

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert len(page.locator("main").inner_text()) > 200


def test_the_first_tab_shows_the_skip_link_and_it_leads_to_the_content(visitor: Callable) -> None:
    page = visitor(viewport={"width": 1280, "height": 800}).new_page()
    page.goto("/en/cases/libya-2020/")

    page.keyboard.press("Tab")
    skip = page.locator(":focus")

    expect(skip).to_be_in_viewport()
    expect(skip).to_have_attribute("href", re.compile("^#"))
    target = skip.get_attribute("href")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{re.escape(target)}$"))
    page.keyboard.press("Tab")
    expect(page.locator(f"{target} :focus")).to_be_visible()


@pytest.mark.parametrize("address", ["/en/", "/ar/cases/", "/en/accounts/login/"])
def test_whatever_has_the_focus_shows_it(visitor: Callable, address: str) -> None:
    page = visitor(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(address)
    settled(page)

    for _step in range(12):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if not focused.count():
            break
        shown = focused.evaluate(
            "one => { const is = getComputedStyle(one);"
            " return (is.outlineStyle !== 'none' && parseFloat(is.outlineWidth) > 0) || is.boxShadow !== 'none'"
            " || is.borderColor; }"
        )
        assert shown, focused.evaluate("one => one.outerHTML.slice(0, 200)")
