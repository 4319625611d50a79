"""A proposal that is declined: its sender appeals, and another moderator decides."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from contributions.models import Contribution
from publishing.vocabulary import ProposalState, Reason
from tests.browser.journeys import PHONE, QUEUE, decide, in_words, private, send, state
from tests.browser.watching import next_page

pytestmark = pytest.mark.browser

# A case each: both journeys change it for good.
SAID = {
    "en": ("yemen-truce-2022", "2022-03-31", "The text names the day.", "Look at article 1."),
    "ar": ("sudan-jeddah-2023", "2023-05-19", "يذكر النص اليوم.", "انظروا المادة 1."),
}


@pytest.mark.parametrize("language", SAID)
def test_what_one_moderator_declines_another_decides_anew(visitor: Callable, language: str) -> None:
    case, day, reason, appeal = SAID[language]
    page = visitor(**PHONE).new_page()
    first, second = (visitor(f"{name}-{language}", **PHONE).new_page() for name in ("moderator", "second"))

    page.goto(f"/{language}/cases/{case}/?sources=open")
    page.locator('a.suggest[href$="/declared_on/"]').click()
    page.locator('[name="f:declared_on"]').fill(day)
    one = send(page, source_reference="S/2022/1", reason=reason)

    decide(first, one, language, decline)
    page.goto(private(one, language))
    expect(page.locator(".verdict.declined")).to_contain_text(in_words(Reason.CONTRADICTED, language))
    page.locator("[name=text]").fill(appeal)
    with next_page(page):
        page.locator("button[value=appeal]").click()
    expect(page.locator(".message.success")).to_be_visible()
    expect(page.locator("button[value=appeal]")).to_have_count(0)

    is_refused(first, one, language)
    decide(second, one, language, lambda desk: accept(desk, appeal))
    assert state(one) == ProposalState.ACCEPTED
    page.goto(private(one, language))
    expect(page.locator(".verdict.accepted")).to_be_visible()
    expect(page.locator(".verdict.declined")).to_have_count(0)


def decline(desk: Page) -> None:
    """For one of the reasons, with no note."""
    desk.locator("#reasons > summary").click()
    desk.locator("button[name=because][value=contradicted]").click()


def accept(desk: Page, appeal: str) -> None:
    """Having read the appeal."""
    expect(desk.get_by_text(appeal)).to_be_visible()
    desk.locator("[data-verb=accept]").click()


def is_refused(desk: Page, one: Contribution, language: str) -> None:
    """Whoever decided before is told why they cannot decide the appeal."""
    desk.goto(f"/{language}/{QUEUE}{one.pk}/change/")
    expect(desk.locator("[data-verb=accept]")).to_be_disabled()
    expect(desk.locator("#why-not")).to_be_visible()
    desk.keyboard.press("a")
    assert state(one) == ProposalState.SUBMITTED
