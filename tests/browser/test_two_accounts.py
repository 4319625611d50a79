"""A browser that two people share keeps the text of each for them alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from publishing.models import FormAutosave, Proposal
from tests.browser.conftest import account
from tests.browser.typing_at_the_desk import (
    KEPT_WITHIN,
    NOT_ACCEPTED,
    PLACES,
    TEXTS_OF,
    TYPED,
    a_theme,
    accepts_to_leave,
    address_of,
    box,
    bring_back,
    expect_no_offer,
    fill,
    save_button,
    sign_in,
)
from tests.browser.watching import next_page, settled

pytestmark = pytest.mark.browser


def from_the_desk(page: Page) -> None:
    with next_page(page):
        page.locator("#logout-form button").click()


def from_the_account(page: Page) -> None:
    with next_page(page):
        page.get_by_role("link", name="Your account").click()
    with next_page(page):
        page.locator(".account-nav").get_by_role("link", name="Sign out").click()
    with next_page(page):
        page.locator("form[data-signs-out] [type=submit]").click()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("sign_out", [from_the_desk, from_the_account])
def test_whoever_signs_out_leaves_nothing_in_the_browser(
    visitor: Callable, place: str, sign_out: Callable[[Page], Any]
) -> None:
    profile: BrowserContext = visitor("leaves")
    page, theme = accepts_to_leave(profile.new_page()), a_theme()
    # Nothing reaches the casebook from here, so the browser has it alone.
    page.route("**/typing/**", lambda route: route.abort())
    page.goto(address_of(place, theme))
    fill(page, place)
    assert len(page.evaluate(TEXTS_OF, account("leaves").pk)) == 1

    sign_out(page)

    page.goto(address_of(place, theme))
    expect(page).to_have_url(re.compile("/accounts/login/"))
    assert page.evaluate(TEXTS_OF, account("leaves").pk) == []
    assert TYPED not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    sign_in(page, "comes-after")
    expect(box(page, place)).to_have_value("")
    expect_no_offer(page, "comes-after")


@pytest.mark.parametrize("place", PLACES)
def test_what_one_account_typed_is_offered_to_no_other_in_the_same_browser(
    visitor: Callable, place: str
) -> None:
    profile, theme = visitor("types-first"), a_theme()
    page = accepts_to_leave(profile.new_page())
    page.route("**/typing/**", lambda route: route.abort())
    page.goto(address_of(place, theme))
    fill(page, place)
    profile.clear_cookies(name="session")

    page.goto(address_of(place, theme))
    sign_in(page, "signs-in-second")
    page.unroute("**/typing/**")
    expect(box(page, place)).to_have_value("")
    expect_no_offer(page, "signs-in-second")
    page.goto(f"{address_of(place, theme)}?typed=1")
    expect(box(page, place)).to_have_value("")

    profile.clear_cookies(name="session")
    page.goto(address_of(place, theme))
    sign_in(page, "types-first")
    bring_back(page)
    expect(box(page, place)).to_have_value(TYPED)


@pytest.mark.parametrize("place", PLACES)
def test_a_window_that_is_still_open_gives_its_text_to_no_other_account(
    visitor: Callable, place: str
) -> None:
    profile, theme = visitor("leaves-a-window"), a_theme()
    left, page = (accepts_to_leave(profile.new_page()) for _ in range(2))
    left.goto(address_of(place, theme))
    profile.clear_cookies(name="session")
    page.goto(address_of(place, theme))
    sign_in(page, "takes-over")

    fill(left, place)

    expect(left.locator("#work-typing")).to_contain_text("cannot be reached", timeout=KEPT_WITHIN)
    assert not FormAutosave.objects.filter(by=account("takes-over")).exists()
    with next_page(left):
        save_button(left, place).click()
    assert not Proposal.objects.filter(author=account("takes-over")).exists()
    expect(left.locator("h1")).to_have_text(NOT_ACCEPTED)
    assert len(left.evaluate(TEXTS_OF, account("leaves-a-window").pk)) == 1
    settled(page).reload()
    expect(box(page, place)).to_have_value("")
    expect_no_offer(page, "takes-over")
