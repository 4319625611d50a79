"""The question “what held?” is answered from the front page in three steps, on a phone, in each language."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from publishing.languages import PAGE_LANGUAGES
from tests.browser.journeys import open_menu

pytestmark = pytest.mark.browser

PHONE = {"width": 375, "height": 800}


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_from_home_to_what_held_and_for_how_long(visitor: Callable, language: str) -> None:
    page = visitor(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(f"/{language}/")

    open_menu(page)
    page.locator(f"header nav a[href='/{language}/cases/']").first.click()
    page.locator(f"main a[href='/{language}/cases/figures/']").click()

    expect(page.locator("table.tally tbody tr")).not_to_have_count(0)
    expect(page.locator("svg.drawing path.curve").first).to_be_visible()
    expect(page.locator("table.survival-table").first).to_be_visible()


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_from_the_map_a_dot_leads_to_the_cases_there(visitor: Callable, language: str) -> None:
    page = visitor(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(f"/{language}/cases/map/?outcome=collapsed")

    page.locator(".case-map a[href*='country=lebanon'] circle").first.click()

    expect(page).to_have_url(re.compile(rf"/{language}/cases/\?.*country=lebanon"))
    assert "outcome=collapsed" in page.url


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_a_brief_is_put_together_without_a_script(visitor: Callable, language: str) -> None:
    page = visitor(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(f"/{language}/cases/libya-2020/")

    page.locator(f"main a[href='/{language}/brief/?case=libya-2020']").click()
    page.locator("details summary").first.click()
    page.locator("input[name=provision]").first.check()
    page.locator("input[name=add]").fill("lebanon-2008")
    page.locator("main form [type=submit]").last.click()

    expect(page).to_have_url(re.compile(r"case=libya-2020&case=lebanon-2008&provision=[0-9a-f-]{36}$"))
    expect(page.locator("article.brief > section > h2")).to_have_count(3)
    with page.expect_download() as download:
        page.locator("a[href*='brief.docx']").click()
    assert download.value.suggested_filename == "sulh-brief.docx"
