"""Readers on a phone, without scripts, get answers from the list of cases in three steps from the front."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from publishing.languages import PAGE_LANGUAGES
from tests.browser.journeys import PHONE, fits, open_menu

pytestmark = pytest.mark.browser
SIX_MONTHS = {"en": "6 months", "ar": "6 أشهر", "fr": "6 mois"}


@pytest.fixture(params=PAGE_LANGUAGES)
def reader(visitor: Callable, request: pytest.FixtureRequest) -> Page:
    """A page that has come from the front page to the list of cases: one step."""
    page = visitor(**PHONE, java_script_enabled=False).new_page()
    page.goto(f"/{request.param}/")
    open_menu(page)
    with page.expect_navigation():
        page.locator(f"header a[href='/{request.param}/cases/']").first.click()
    return page


def ask(page: Page, **questions: list[str]) -> None:
    """Choose these answers in the form, and send it: one more step."""
    page.locator(".filter-box > summary").click()
    for name, values in questions.items():
        facet = page.locator(f"details.facet:has(input[name={name}])")
        if facet.get_attribute("open") is None:
            facet.locator("summary").click()
        for value in values:
            facet.locator(f"input[value='{value}']").check()
    with page.expect_navigation():
        page.locator(".facets [type=submit]").click()


def cell(page: Page, case: str, number: int) -> str:
    """What the row of the case says in the column of that number; the name and the box do not count."""
    row = page.locator(f".case-table tr:has(a[href$='/cases/{case}/'])")
    return row.locator("td").nth(number).inner_text()


def test_mediated_by_the_arab_league_watched_over_and_what_became_of_it(reader: Page) -> None:
    ask(reader, mediator=["arab-league"], monitoring=["international", "joint", "national"])

    fits(reader)
    assert reader.locator(".case-table tbody tr").count() == 3
    expect(reader.locator(".case-table tr:has(a[href$='/cases/lebanon-2008/'])")).to_be_visible()
    assert "superseded_by_settlement" in (
        reader.locator(".case-table tr:has(a[href$='/cases/lebanon-2008/']) .outcome").get_attribute("class")
        or ""
    )


def test_how_long_the_truce_of_yemen_lasted(reader: Page) -> None:
    ask(reader, country=["yemen"])

    fits(reader)
    language = reader.locator("html").get_attribute("lang") or ""
    assert SIX_MONTHS[language] in cell(reader, "yemen-truce-2022", 2)
