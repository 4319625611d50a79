"""Somebody without an account, on a phone: propose one fact, be asked, answer, be accepted in part, appeal."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Page, expect

from contributions.actions import following
from contributions.models import Contribution
from publishing.actions import reviewing
from publishing.vocabulary import ProposalState, Reason
from tests.browser.barriers import barriers, told
from tests.browser.conftest import account
from tests.browser.watching import next_page

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 375, "height": 800}}
SAID = {
    "en": ("The agreement names another day.", "Article 3.", "Look at the annex."),
    "ar": ("يذكر الاتفاق يوماً آخر.", "المادة 3.", "انظروا الملحق."),
}


@pytest.fixture(params=SAID)
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def page(visitor: Callable, language: str) -> Page:
    return visitor(**PHONE).new_page()


def newest() -> Contribution:
    return Contribution.objects.latest("sent_at")


def moderator(name: str = "administrator") -> Any:
    return account(name)


def proposed(page: Page, language: str, day: str) -> str:
    """The private address of a proposal of another day for the ceasefire of Lebanon."""
    page.goto(f"/{language}/cases/lebanon-2008/?sources=open")
    page.locator('a.suggest[href$="/declared_on/"]').click()
    page.locator('[name="f:declared_on"]').fill(day)
    with next_page(page):
        page.locator(".door-form .actions button").click()

    # What is missing is said, and leads to its box.
    page.locator('.mistakes a[href="#id_reason"]').click()
    expect(page.locator("[name=reason]")).to_be_focused()
    expect(page.locator('[name="f:declared_on"]')).to_have_value(day)
    page.keyboard.type(SAID[language][0])
    page.locator("[name=source_reference]").fill("S/2008/392")
    with next_page(page):
        page.locator("[name=source_reference]").press("Enter")
    expect(page).to_have_url(re.compile(r"/proposals/[\w-]+/\?sent=1"))
    address = page.locator("#private-link").input_value()
    assert page.url.startswith(address)
    return address


def test_one_fact_is_proposed_asked_about_accepted_and_credited(page: Page, language: str) -> None:
    address = proposed(page, language, "2008-05-14" if language == "en" else "2008-05-13")
    assert told(barriers(page, address)) == ""
    following.ask(newest(), by=moderator(), text="On which page?")

    page.goto(address)
    expect(page.get_by_text("On which page?")).to_be_visible()
    page.locator("[name=text]").fill(SAID[language][1])
    with next_page(page):
        page.locator("button[value=answer]").click()
    expect(page.get_by_text(SAID[language][1])).to_be_visible()
    assert newest().proposal.state == ProposalState.SUBMITTED

    page.locator("details:has([name=name]) summary").click()
    page.locator("[name=name]").fill("Amal Haddad")
    with next_page(page):
        page.locator("button[value=credit]").click()
    reviewing.accept(newest().proposal, by=moderator())
    page.goto(address)
    expect(page.locator(".verdict.accepted")).to_be_visible()
    page.locator('a[href*="/history/"]').first.click()
    expect(page.get_by_text("Amal Haddad").first).to_be_visible()


def test_what_is_declined_is_appealed_and_withdrawn_without_scripts(visitor: Callable, language: str) -> None:
    page = visitor(java_script_enabled=False, **PHONE).new_page()
    address = proposed(page, language, "2008-05-12")
    reviewing.decline(
        newest().proposal, by=moderator(), reason=Reason.CONTRADICTED, note="The text says the 21st."
    )

    page.goto(address)
    expect(page.get_by_text("The text says the 21st.").first).to_be_visible()
    page.locator("[name=text]").fill(SAID[language][2])
    with next_page(page):
        page.locator("button[value=appeal]").click()
    assert (newest().proposal.state, newest().appeal_text) == (ProposalState.SUBMITTED, SAID[language][2])

    page.locator("details:has(button[value=take_away]) summary").click()
    with next_page(page):
        page.locator("button[value=take_away]").click()
    assert newest().proposal.state == ProposalState.WITHDRAWN


def test_in_a_rush_the_browser_works_by_itself_and_the_proposal_arrives(page: Page, language: str) -> None:
    with override_settings(DOOR={**settings.DOOR, "challenge_from": 0}):
        proposed(page, language, "2008-05-11")

    assert newest().proposal.state == ProposalState.SUBMITTED


def test_the_form_is_filled_and_sent_from_the_keyboard(page: Page, language: str) -> None:
    page.goto(f"/{language}/propose/case/lebanon-2008/outcome/")
    seen = set()

    for _step in range(60):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.name || document.activeElement.tagName"))

    boxes = {
        "f:outcome",
        "f:outcome_as_of",
        "more",
        "source_reference",
        "source_page",
        "reason",
        "name",
        "mail",
    }
    assert boxes <= seen
    assert "nothing_here" not in seen
