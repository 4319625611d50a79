"""The session ends while somebody types: they sign in again, and nothing is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from publishing.models import Proposal
from tests.browser.conftest import account
from tests.browser.typing_at_the_desk import (
    NOT_ACCEPTED,
    PLACES,
    TYPED,
    a_theme,
    address_of,
    box,
    bring_back,
    expect_no_offer,
    fill,
    save_button,
    sign_in,
)
from tests.browser.watching import next_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("place", PLACES)
def test_whoever_is_signed_out_while_typing_signs_in_and_gets_it_back(visitor: Callable, place: str) -> None:
    name, theme = f"signed-out at {place}".replace(" ", "-"), a_theme()
    profile = visitor(name)
    page = profile.new_page()
    page.goto(address_of(place, theme))
    fill(page, place)

    profile.clear_cookies(name="session")
    with next_page(page):
        save_button(page, place).click()
    sign_in(page, name)

    expect(page).to_have_url(re.compile(re.escape(address_of(place, theme))))
    expect(box(page, place)).to_have_value("")
    bring_back(page)
    expect(box(page, place)).to_have_value(TYPED)
    with next_page(page):
        save_button(page, place).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    made = Proposal.objects.get(author=account(name), entry=theme)
    assert made.wanted["fields"]["summary_fr"] == TYPED
    page.goto(f"/en/admin/pillars/theme/{theme.pk}/change/")
    expect_no_offer(page, name)


@pytest.mark.parametrize("place", PLACES)
def test_whoever_lost_all_cookies_is_told_so_and_gets_back_what_was_typed(
    visitor: Callable, place: str
) -> None:
    name, theme = f"without-cookies at {place}".replace(" ", "-"), a_theme()
    profile = visitor(name)
    page = profile.new_page()
    page.goto(address_of(place, theme))
    fill(page, place)

    profile.clear_cookies()
    with next_page(page):
        save_button(page, place).click()
    expect(page.locator("h1")).to_have_text(NOT_ACCEPTED)
    page.goto(address_of(place, theme))
    sign_in(page, name)

    bring_back(page)
    expect(box(page, place)).to_have_value(TYPED)
    assert not Proposal.objects.filter(author=account(name)).exists()


@pytest.mark.parametrize("place", PLACES)
def test_whoever_signs_in_again_in_another_window_gets_it_back_in_the_first(
    visitor: Callable, place: str
) -> None:
    name, theme = f"in-another-window at {place}".replace(" ", "-"), a_theme()
    profile = visitor(name)
    page, other = profile.new_page(), profile.new_page()
    page.goto(address_of(place, theme))
    fill(page, place)
    profile.clear_cookies(name="session")
    other.goto("/en/admin/")
    sign_in(other, name)

    with next_page(page):
        save_button(page, place).click()
    # The page says: go back, reload, send it again.
    expect(page.locator("h1")).to_have_text(NOT_ACCEPTED)
    page.goto(address_of(place, theme))
    bring_back(page)
    expect(box(page, place)).to_have_value(TYPED)
    with next_page(page):
        save_button(page, place).click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    made = Proposal.objects.get(author=account(name), entry=theme)
    assert made.wanted["fields"]["summary_fr"] == TYPED
