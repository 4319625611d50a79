"""What is proposed with a source is shown with it; a case with its parties is published within the rules."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from publishing.models import Entry, Proposal
from publishing.vocabulary import ProposalState
from tests.browser.journeys import PHONE, decide, send, state
from tests.browser.test_editors import add_row, choose
from tests.browser.watching import next_page

pytestmark = pytest.mark.browser

PARTIES = ("Qatar", "Egypt", "Saudi Arabia", "Türkiye", "Jordan", "Kuwait", "Morocco")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_breach_with_a_source_is_accepted_by_one_key_and_shown_with_it(
    visitor: Callable, language: str
) -> None:
    page = visitor(**PHONE).new_page()
    moderator = visitor(f"moderator-of-sources-{language}", **PHONE).new_page()
    source = f"S/2021/77{len(language)}{ord(language[0])}"

    page.goto(f"/{language}/propose/case/libya-2020/breach/new/")
    page.locator('[name="f:breach/new/breach_type"]').select_option("indirect_fire")
    page.locator('[name="f:breach/new/status"]').select_option("alleged")
    page.locator('[name="f:breach/new/began_on"]').fill("2021-02-03")
    one = send(page, source_reference=source, source_page="para. 20", reason="It is missing.")
    decide(moderator, one, language, lambda desk: desk.keyboard.press("a"))

    assert state(one) == ProposalState.ACCEPTED
    page.goto(f"/{language}/cases/libya-2020/?sources=open")
    expect(page.locator("#breaches ~ * .said a, .said a", has_text=source).first).to_be_visible()
    page.goto(f"/{language}/cases/libya-2020/history/")
    expect(page.locator(".revisions a", has_text=source).first).to_be_visible()


def test_a_case_with_seven_parties_is_published_without_breaking_a_rule(visitor: Callable) -> None:
    editor, moderator = (visitor(name).new_page() for name in ("writer-of-cases", "second-reader"))
    editor.goto("/en/admin/cases/case/add/")
    editor.locator("#id_title_en").fill("The seven-party truce")
    editor.locator("#id_finding_en").fill("It held for a week.")
    editor.locator("#id_ceasefire_class").select_option("cessation_of_hostilities")
    editor.locator("#id_sidedness").select_option("bilateral")
    editor.locator("#id_declared_on").fill("1999-03-01")
    for party in PARTIES:
        row = add_row(editor, "participations")
        editor.locator(f"#id_{row}-role").select_option("signatory")
        choose(editor, f"{row}-actor", party)
    editor.locator("#id_public_note").fill("A case that was missing.")
    press(editor, "_draft")

    facts = [value for value in choices(editor) if value.startswith("participation/")]
    assert len(facts) == len(PARTIES)
    for about in [*facts, "finding", "ceasefire_class", "declared_on", "outcome"]:
        row = add_row(editor, "claims")
        editor.locator(f"#id_{row}-about").select_option(about)
        choose(editor, f"{row}-source", "PA-X")
    press(editor, "_submit")

    [proposal] = Proposal.objects.filter(author__username="writer-of-cases")
    moderator.goto(f"/en/admin/publishing/proposal/{proposal.pk}/change/")
    expect(moderator.locator(".shortcomings")).to_have_count(0)
    with next_page(moderator):
        moderator.locator('[data-step="accept"]').click()

    proposal.refresh_from_db()
    assert (proposal.state, proposal.override_reason) == (ProposalState.ACCEPTED, "")
    assert Entry.objects.get(kind="case", title_en="The seven-party truce").revision == 1


def press(page: Page, button: str) -> None:
    with next_page(page):
        page.locator(f"[name={button}]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def choices(page: Page) -> list[str]:
    """What a new claim may speak of."""
    row = add_row(page, "claims")
    page.locator(f"#id_{row}-about").focus()
    found = page.locator(f"#id_{row}-about option").evaluate_all("all => all.map(one => one.value)")
    page.locator(f"#{row}").get_by_role("button", name="Remove").click()
    return found
