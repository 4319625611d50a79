"""A moderator at the queue, with the keyboard alone: two keys at most and one page for each decision."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from contributions.models import Contribution
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Proposal
from publishing.vocabulary import ProposalState
from tests.browser.barriers import barriers_on, told
from tests.browser.conftest import account
from tests.browser.watching import HEIGHT, WIDTHS, next_page, settled
from tests.factories import a_contribution, edited, newest, publish_theme

pytestmark = pytest.mark.browser

# The decision is sent, and its answer is the page of the next.
DECIDED = ["POST", "GET"]
# The words of a list that stand in several lines.
BROKEN_WORDS = """() => {
  const texts = document.createTreeWalker(document.querySelector("#result_list"), NodeFilter.SHOW_TEXT);
  const range = document.createRange(), broken = [];
  while (texts.nextNode()) {
    for (const {0: word, index} of texts.currentNode.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + word.length);
      const boxes = [...range.getClientRects()].filter((box) => box.width);
      if (new Set(boxes.map((box) => Math.round(box.top))).size > 1) broken.push(word);
    }
  }
  return broken;
}"""


def proposals(count: int) -> list[Contribution]:
    themes = [publish_theme(by=account("administrator")) for _ in range(count)]
    return [a_contribution(edited(theme, summary_en="New."), base=newest(theme)) for theme in themes]


def state(one: Contribution) -> str:
    return Proposal.objects.get(pk=one.proposal_id).state


@pytest.fixture
def page(visitor: Callable) -> Page:
    return visitor("administrator").new_page()


def loaded(page: Page, keys: str) -> list[str]:
    """The pages that come of the keys, with what led there."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.is_navigation_request():
            asked.append(request.method)

    page.on("request", note)
    with next_page(page):
        for key in keys:
            page.keyboard.press(key)
    page.remove_listener("request", note)
    return asked


@pytest.mark.parametrize("language", ["en", "ar"])
def test_one_key_accepts_and_two_decline_and_each_brings_the_next(page: Page, language: str) -> None:
    accepted, declined, last = proposals(3)
    page.goto(f"/{language}/admin/contributions/contribution/{accepted.pk}/change/")

    assert loaded(page, "a") == DECIDED
    assert str(declined.pk) in page.url
    assert loaded(page, "d6") == DECIDED
    assert str(last.pk) in page.url

    assert (state(accepted), state(declined)) == (ProposalState.ACCEPTED, ProposalState.DECLINED)
    assert declined.proposal.decisions.get().reason == "unclear"
    assert loaded(page, "u") == DECIDED
    assert state(declined) == ProposalState.SUBMITTED


def test_keys_that_are_typed_into_a_note_decide_nothing(page: Page) -> None:
    [one] = proposals(1)
    page.goto(f"/en/admin/contributions/contribution/{one.pk}/change/")

    page.keyboard.press("n")
    page.keyboard.type("adius 1234567")

    assert page.locator("#decide [name=note]").input_value() == "adius 1234567"
    assert state(one) == ProposalState.SUBMITTED


def test_escape_leaves_the_note_and_closes_the_reasons(page: Page) -> None:
    [one] = proposals(1)
    page.goto(f"/en/admin/contributions/contribution/{one.pk}/change/")

    for key in ("n", "Escape", "d"):
        page.keyboard.press(key)
    expect(page.locator("#reasons button").last).to_be_in_viewport()
    for key in ("Escape", "6"):
        page.keyboard.press(key)

    expect(page.locator("#reasons button").last).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('#reasons summary')")
    assert state(one) == ProposalState.SUBMITTED


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_the_screens_keep_nobody_out_and_fit(page: Page, language: str) -> None:
    [one] = proposals(1)
    theme = one.proposal.entry
    a_contribution(edited(theme, summary_en="Otherwise."), base=newest(theme))
    at, found = f"/{language}/admin/contributions/contribution/", []

    for address in (at, f"{at}{one.pk}/change/"):
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            assert settled(page).evaluate("document.documentElement.scrollWidth") <= width
            found += barriers_on(page) if address != at else []

    assert not found, told(found)


def test_no_word_in_a_list_is_broken_beside_long_titles(page: Page) -> None:
    theme = publish_theme(
        title_en="Protocol on the results of consultations " * 6, by=account("administrator")
    )
    a_contribution(edited(theme, summary_en="Otherwise."), base=newest(theme))

    for kind in ("proposal", "revision"):
        page.goto(f"/en/admin/publishing/{kind}/")
        assert "Protocol" in page.locator("#result_list tbody").inner_text()
        assert settled(page).evaluate(BROKEN_WORDS) == []
