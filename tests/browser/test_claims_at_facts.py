"""Sources at the fact: claims are added where each fact stands, also of rows that are not saved yet."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from portal.starter.reading import key_of
from publishing.models import Proposal
from sources.models import Claim
from tests.browser.journeys import fits
from tests.browser.test_editors import add_row, choose
from tests.browser.watching import Watched, next_page, settled

pytestmark = pytest.mark.browser

CASE, LONG = key_of("case", "aceh-2005"), key_of("case", "lebanon-2008")
SAME = "Same source as above"
# To add 30 claims of one source at their facts: a click for each, and few more for the first.
CLAIMS, MOST_CLICKS = 30, 36


class Counted:
    """Clicks and keys of somebody who adds claims."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.keys = page, 0, 0

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)


def at(page: Page, fact: str) -> Locator:
    """The claims of a fact."""
    return page.locator(f".claims[data-about='{fact}']")


def claims_of_the_draft(name: str) -> list[dict[str, Any]]:
    draft = Proposal.objects.get(author__username=name)
    before = draft.base.snapshot["rows"]["claim"] if draft.base else {}
    return [claim for key, claim in draft.wanted["rows"]["claim"].items() if key not in before]


def save_draft(page: Page, note: str = "Sources.") -> None:
    page.locator("#id_public_note").fill(note)
    with next_page(page):
        page.locator("[name=_draft]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_thirty_claims_of_one_source_take_a_click_each(visitor: Callable, site: str) -> None:
    watched = Watched(visitor("sourcer", viewport={"width": 1280, "height": 900}), site)
    page, hand = watched.page, Counted(watched.page)
    page.goto(f"/en/admin/cases/case/{CASE}/change/")
    facts = page.locator("#case_form fieldset .claims")
    names = [
        name for name in facts.evaluate_all("all => all.map((one) => one.dataset.about)") if "/" not in name
    ]
    began = time.monotonic()

    hand.click(at(page, names[0]).get_by_role("button", name="Add a source"))
    hand.type("\n")
    page.locator(".select2-dropdown .select2-search__field").fill("Memorandum")
    hand.keys += len("Memorandum")
    hand.click(page.locator(".select2-results__option[role=option]").first)
    page.locator("[name=claims-0-locator]").focus()
    hand.type("p. 1")
    for number in range(1, CLAIMS):
        hand.click(at(page, names[number % len(names)]).get_by_role("button", name=SAME))
        expect(page.locator(f"[name=claims-{number}-locator]")).to_be_focused()
        hand.type(f"p. {number + 1}")
    seconds = time.monotonic() - began
    print(f"{CLAIMS} claims: {hand.clicks} clicks, {hand.keys} keys, {seconds:.1f} s by machine")
    save_draft(page)

    made = claims_of_the_draft("sourcer")
    assert {claim["locator"] for claim in made} == {f"p. {number + 1}" for number in range(CLAIMS)}
    assert len({claim["source"] for claim in made}) == 1
    assert {claim["about"] for claim in made} == {*names}
    assert hand.clicks <= MOST_CLICKS
    assert watched.faults == []


def test_a_row_that_is_new_has_its_source_in_the_same_save(visitor: Callable, site: str) -> None:
    watched = Watched(visitor("rowsourcer"), site)
    page = watched.page
    page.goto(f"/en/admin/cases/case/{CASE}/change/")

    events = int(page.locator("#events-group .count").first.inner_text())
    event = add_row(page, "events")
    page.locator(f"[name={event}-event_type]").select_option("fighting")
    page.locator(f"[name={event}-happened_on]").fill("2006-01-02")
    page.locator(f"[name={event}-title_en]").fill("The last weapons are handed over")
    row = page.locator(f"#{event}")
    row.get_by_role("button", name="Add a source").click()
    choose(page, "claims-0-source", "Memorandum")
    page.locator("[name=claims-0-locator]").fill("para. 4.3")
    other = add_row(page, "events")
    page.locator(f"[name={other}-event_type]").select_option("fighting")
    page.locator(f"[name={other}-happened_on]").fill("2006-01-03")
    page.locator(f"[name={other}-title_en]").fill("The last soldiers leave")
    page.locator(f"#{other}").get_by_role("button", name=SAME).click()
    row.get_by_role("button", name="Add a source").click()
    row.locator(".remove-claim").last.click()
    gone = add_row(page, "events")
    page.locator(f"#{gone}").get_by_role("button", name=SAME).click()
    page.locator(f"[name={gone}-DELETE]").check()
    expect(page.locator("#events-group .count").first).to_have_text(str(events + 2))
    save_draft(page)

    made = claims_of_the_draft("rowsourcer")
    wanted = Proposal.objects.get(author__username="rowsourcer").wanted["rows"]["event"]
    told = {wanted[claim["about"].removeprefix("event/")]["title_en"]: claim["locator"] for claim in made}
    assert told == {
        "The last weapons are handed over": "para. 4.3",
        "The last soldiers leave": "para. 4.3",
    }
    assert watched.faults == []


def test_a_claim_opens_at_its_fact_and_the_list_of_all_is_filtered(visitor: Callable, site: str) -> None:
    watched = Watched(visitor("opens_claims", viewport={"width": 375, "height": 800}), site)
    page = watched.page
    page.goto(f"/ar/admin/cases/case/{LONG}/change/")
    settled(page)
    outcome = at(page, "outcome")
    key = outcome.locator("li button").first.get_attribute("value")

    outcome.locator("li button").first.focus()
    page.keyboard.press("Enter")
    opened = page.locator(f"[name^=claims-][name$='-id'][value='{key}']").locator(
        "xpath=ancestor::div[contains(@class, 'inline-related')]"
    )
    expect(opened.locator("[name$='-locator']")).to_be_visible()
    expect(opened.locator(".select2-selection").first).to_be_focused()
    assert page.locator(f"#claims-group #row-{key} button").count() == 0
    fits(page)

    page.locator("#claims-group summary").first.click()
    page.locator(".further-lines button").click()
    expect(page.locator(".further-lines")).to_have_count(0)
    lines = page.locator("#claims-group .closed-rows > li:has(> button)")
    all_lines = lines.count()
    assert all_lines == Claim.objects.filter(entry=LONG).count() - 1
    page.locator(".filter-claims input").fill(lines.last.inner_text().split(":")[0])
    shown = [line for line in lines.all() if line.is_visible()]
    assert 0 < len(shown) < all_lines
    expect(page.locator(".filter-claims output")).to_have_text(f"{len(shown)} / {all_lines}")
    fits(page)
    assert watched.faults == []
