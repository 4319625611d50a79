"""A case that is missing: proposed from the list, accepted by a moderator, and there for readers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from publishing.vocabulary import ProposalState
from tests.browser.journeys import PHONE, decide, private, send, state

pytestmark = pytest.mark.browser

SAID = {
    "en": ("The truce of the two valleys", "The list lacks it; the text is public."),
    "ar": ("هدنة الواديين", "ليست في القائمة، ونصها منشور."),
}


@pytest.mark.parametrize("language", SAID)
def test_a_case_that_is_missing_is_proposed_and_published(visitor: Callable, language: str) -> None:
    title, reason = SAID[language]
    page = visitor(**PHONE).new_page()
    moderator = visitor(f"moderator-{language}", **PHONE).new_page()

    page.goto(f"/{language}/cases/")
    page.locator('a.suggest[href$="/propose/case/"]').click()
    page.locator(f'[name="f:title_{language}"]').fill(title)
    for name in ("ceasefire_class", "scope", "written", "sidedness", "outcome"):
        page.locator(f'[name="f:{name}"]').select_option(index=1)
    page.locator('[name="f:declared_on"]').fill("1998-04")
    page.locator('[name="f:outcome_as_of"]').fill("1999")
    one = send(page, source_reference="S/1998/123", reason=reason)

    # The source that the sender gave is evidence for all that the record says.
    decide(moderator, one, language, lambda desk: desk.keyboard.press("a"))

    assert state(one) == ProposalState.ACCEPTED
    page.goto(private(one, language))
    expect(page.locator(".verdict.accepted").first).to_be_visible()
    expect(page.locator(".verdict.declined")).to_have_count(0)
    page.locator('a[href*="/history/"]').first.click()
    expect(page.get_by_text(reason).first).to_be_visible()
    page.goto(private(one, language))
    page.get_by_role("link", name=title).first.click()
    expect(page.locator("h1")).to_contain_text(title)
    page.locator(".fold-sources a").click()
    expect(page.locator(".said a", has_text="S/1998/123").first).to_be_visible()
