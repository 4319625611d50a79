"""A button that is pressed twice does its work once, and says so."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from contributions.models import Contribution
from pillars.models import Theme
from publishing.models import Proposal
from tests.browser.conftest import account
from tests.browser.typing_at_the_desk import (
    PLACES,
    PRESSED_TWICE,
    SENT_TWICE,
    TYPED,
    a_theme,
    address_of,
    expect_no_offer,
    fill,
    fill_door,
    save_button,
)
from tests.browser.watching import settled
from tests.factories import newest

pytestmark = pytest.mark.browser


def posts(page: Page) -> list[str]:
    """A list that grows by what the page sends, except what it keeps of the typing."""
    sent: list[str] = []

    def note(asked: Request) -> None:
        if asked.method == "POST" and "/typing/" not in asked.url:
            sent.append(asked.url)

    page.on("request", note)
    return sent


def test_a_proposal_that_is_sent_by_two_presses_is_one(visitor: Callable) -> None:
    theme = a_theme()
    page = visitor().new_page()
    page.goto(f"/en/propose/theme/{theme.slug}/summary/")
    fill_door(page)
    sent = posts(page)

    page.locator(".door-form .actions button").evaluate(PRESSED_TWICE)

    expect(page).to_have_url(re.compile(r"/proposals/[\w-]+/\?sent=1"))
    expect(page.locator("[data-sent]")).to_be_visible()
    assert len(sent) == 2
    assert Contribution.objects.filter(proposal__entry=theme).count() == 1


def test_a_proposal_that_comes_twice_at_once_is_one_and_has_one_address(visitor: Callable) -> None:
    theme = a_theme()
    page = visitor().new_page()
    page.goto(f"/en/propose/theme/{theme.slug}/summary/")
    fill_door(page)

    (first, at), second = page.locator(".door-form .actions button").evaluate(SENT_TWICE)

    assert first == 200
    assert second == [first, at]
    assert re.search(r"/proposals/[\w-]+/\?sent=1", at)
    assert Contribution.objects.filter(proposal__entry=theme).count() == 1


def press_twice(page: Page, place: str, theme: Theme) -> None:
    """Type, press the button twice, and come to the page that follows."""
    page.goto(address_of(place, theme))
    fill(page, place)
    sent = posts(page)
    save_button(page, place).evaluate(PRESSED_TWICE)
    if place == "the desk":
        expect(page).to_have_url(re.compile(r"\?proposal="))
    else:
        expect(page.get_by_text("Everything here is translated.")).to_be_visible()
    settled(page)
    assert len(sent) == 2


@pytest.mark.parametrize("place", PLACES)
def test_what_is_saved_by_two_presses_is_saved_once_and_said_so_and_not_offered_as_lost(
    visitor: Callable, place: str
) -> None:
    name, theme = f"presses-twice at {place}".replace(" ", "-"), a_theme()
    before = newest(theme).number
    page = visitor(name).new_page()

    press_twice(page, place, theme)

    assert page.locator(".messagelist .success").count() == 1
    made = Proposal.objects.get(author=account(name), entry=theme)
    assert made.wanted["fields"]["summary_fr"] == TYPED
    assert newest(theme).number == before + (place != "the desk")
    page.goto(f"{address_of(place, theme)}?all=1")
    expect_no_offer(page, name)


@pytest.mark.parametrize("place", PLACES)
def test_what_comes_twice_at_once_is_saved_once(visitor: Callable, place: str) -> None:
    name, theme = f"sends-twice at {place}".replace(" ", "-"), a_theme()
    before = newest(theme).number
    page = visitor(name).new_page()
    page.goto(address_of(place, theme))
    fill(page, place)

    (first, at), second = save_button(page, place).evaluate(SENT_TWICE)

    assert first == 200
    assert second == [first, at]
    made = Proposal.objects.get(author=account(name), entry=theme)
    assert made.wanted["fields"]["summary_fr"] == TYPED
    assert newest(theme).number == before + (place != "the desk")
