"""A session that ends, an entry that is renamed, a button that is pressed twice, a browser that two people share.

Each journey has a theme and accounts of its own.
"""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Request, expect

from contributions.models import Contribution
from pillars.models import Theme
from publishing.models import Entry, FormAutosave, Proposal
from tests.browser.conftest import PASSWORD, account
from tests.browser.watching import next_page, settled
from tests.factories import newest, publish_change, publish_theme

pytestmark = pytest.mark.browser

TYPED = "Ce que quelqu’un a tapé."
NOTE = "Summary in French."
NOT_ACCEPTED = "The form was not accepted"
# Where somebody types at the desk: in the form of the entry, and beside its source at the translation desk.
PLACES = ["the desk", "the translation desk"]
# The form keeps what was typed every ten seconds.
KEPT_WITHIN = 40_000

# Locks are given in turn: once the test has one, the form has its own and has offered what it offers.
HAS_LOOKED = """async (account) => {
    await navigator.locks.request("the test", () => {});
    const { held, pending } = await navigator.locks.query();
    return held.some(({ name }) => name.startsWith(`sulh:${account}:`)) && !pending.length;
}"""
TEXTS_OF = "(account) => Object.keys(localStorage).filter((key) => key.startsWith(`sulh:${account}:`))"
# The second time while the first answer is on its way; the browser goes on with the second.
PRESSED_TWICE = "(button) => { button.click(); setTimeout(() => button.click(), 50); }"
# The whole form, as the button sends it, twice at once; the addresses of both answers.
SENT_TWICE = """(button) => {
    const body = new URLSearchParams(new FormData(button.form, button));
    const send = () => fetch(location.href, { method: "POST", body });
    return Promise.all([send(), send()]).then((answers) => answers.map(({ status, url }) => [status, url]));
}"""


def a_theme() -> Theme:
    """A theme that readers find, without a summary in French."""
    name = uuid.uuid4().hex[:8]
    return publish_theme(
        by=account("administrator"), slug=f"lost-{name}", title_en=f"Theme {name}", title_ar=f"موضوع {name}",
        title_fr=f"Thème {name}", summary_en="What it is about.", summary_ar="ما هو الموضوع.",
    )  # fmt: skip


def renamed(theme: Theme) -> str:
    """The new slug of the theme, whose old address leads there."""
    slug = f"{theme.slug}-renamed"
    publish_change(theme, by=account("administrator"), slug=slug)
    assert Entry.objects.get(pk=theme.pk).slug == slug
    return slug


def address_of(place: str, theme: Theme) -> str:
    if place == "the desk":
        return f"/en/admin/pillars/theme/{theme.pk}/change/"
    return f"/en/admin/translations/{theme.pk}/fr/"


def box(page: Page, place: str) -> Locator:
    """Where the summary in French is typed."""
    return page.locator("[name=summary_fr]" if place == "the desk" else "[name='text:summary']")


def save_button(page: Page, place: str) -> Locator:
    """“Save draft”, or that which sends the translation."""
    return page.locator("[name=_draft]" if place == "the desk" else ".submit-row [type=submit]").first


def fill(page: Page, place: str, text: str = TYPED) -> None:
    box(page, place).fill(text)
    page.locator("[name=public_note]" if place == "the desk" else "[name=note]").fill(NOTE)


def offers(page: Page) -> Locator:
    """What the form offers to bring back."""
    return page.locator(".work-kept:visible")


def expect_no_offer(page: Page, name: str) -> None:
    """The form offers nothing, after its script has looked for everything that this browser has."""
    page.wait_for_function(HAS_LOOKED, arg=account(name).pk)
    assert offers(page).count() == 0


def bring_back(page: Page) -> None:
    expect(offers(page)).to_have_count(1)
    with next_page(page):
        offers(page).get_by_text("Bring it back", exact=True).click()
    assert "typed=1" in page.url


def sign_in(page: Page, name: str) -> None:
    """At the page for it, which must be open."""
    expect(page).to_have_url(re.compile("/accounts/login/"))
    account(name)
    page.locator("#id_login").fill(name)
    page.locator("#id_password").fill(PASSWORD)
    with next_page(page):
        page.locator("#id_password").press("Enter")


def accepts_to_leave(page: Page) -> Page:
    """The page, whose reader wants to leave although something is not saved."""
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def texts(entry: Entry) -> tuple[str, str]:
    """The slug and the summary in French that are published."""
    fields = newest(entry).snapshot["fields"]
    return fields["slug"], fields["summary_fr"]


# --- the session ends ----------------------------------------------------------------------------


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


# --- the entry is renamed ------------------------------------------------------------------------


def test_a_proposal_for_an_entry_that_was_renamed_meanwhile_arrives(visitor: Callable) -> None:
    theme = a_theme()
    page = visitor().new_page()
    page.goto(f"/en/propose/theme/{theme.slug}/summary/")
    fill_door(page)

    slug = renamed(theme)
    with next_page(page):
        page.locator(".door-form .actions button").click()

    expect(page).to_have_url(re.compile(r"/proposals/[\w-]+/\?sent=1"))
    expect(page.locator(".proposed")).to_contain_text("Said otherwise.")
    expect(page.locator("h1 a")).to_have_attribute("href", f"/en/themes/{slug}/")
    one = Contribution.objects.get(proposal__entry=theme)
    assert one.proposal.wanted["fields"]["summary_en"] == "Said otherwise."
    page.goto(f"/en/propose/theme/{theme.slug}/summary/")
    expect(page).to_have_url(re.compile(f"/propose/theme/{slug}/summary/"))
    expect(page.locator("[name='f:summary_en']")).to_have_value("What it is about.")


def fill_door(page: Page) -> None:
    for name, text in {
        "f:summary_en": "Said otherwise.",
        "source_reference": "S/2008/392",
        "reason": "The text says so.",
    }.items():
        page.locator(f"[name='{name}']").fill(text)


def test_a_draft_of_an_entry_that_was_renamed_meanwhile_is_saved_and_published(visitor: Callable) -> None:
    place, theme = "the desk", a_theme()
    page = visitor("drafts-of-renamed").new_page()
    page.goto(address_of(place, theme))
    fill(page, place)

    slug = renamed(theme)
    with next_page(page):
        save_button(page, place).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(box(page, place)).to_have_value(TYPED)
    with next_page(page):
        page.locator("[name=_save]").first.click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert texts(theme) == (slug, TYPED)


@pytest.mark.parametrize("place", PLACES)
def test_what_is_published_of_an_entry_that_was_renamed_meanwhile_keeps_its_new_name(
    visitor: Callable, place: str
) -> None:
    theme = a_theme()
    page = visitor("publishes-renamed").new_page()
    page.goto(address_of(place, theme))
    fill(page, place)

    slug = renamed(theme)
    with next_page(page):
        page.locator("[name=_save], .submit-row .default").first.click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert texts(theme) == (slug, TYPED)


def test_two_who_rename_one_entry_meet_and_the_second_loses_nothing(visitor: Callable) -> None:
    place, theme = "the desk", a_theme()
    mine = f"{theme.slug}-mine"
    page = visitor("renames-too").new_page()
    page.goto(address_of(place, theme))
    fill(page, place)
    page.locator("#id_slug").fill(mine)

    slug = renamed(theme)
    with next_page(page):
        page.locator("[name=_save]").first.click()
    conflict = page.locator(".conflict")
    expect(conflict).to_have_count(1)
    for text in (slug, mine):
        expect(conflict).to_contain_text(text)
    expect(page.locator("#content")).to_contain_text(TYPED)
    assert texts(theme) == (slug, "")
    conflict.locator("[name='choice:slug'][value=mine]").check()
    with next_page(page):
        page.locator("[type=submit].default").click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert texts(theme) == (mine, TYPED)


# --- the button is pressed twice -----------------------------------------------------------------


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
def test_what_is_saved_by_two_presses_is_saved_once(visitor: Callable, place: str) -> None:
    name, theme = f"presses-twice at {place}".replace(" ", "-"), a_theme()
    before = newest(theme).number

    press_twice(visitor(name).new_page(), place, theme)

    made = Proposal.objects.get(author=account(name), entry=theme)
    assert made.wanted["fields"]["summary_fr"] == TYPED
    assert newest(theme).number == before + (place != "the desk")


@pytest.mark.parametrize("place", PLACES)
def test_whoever_pressed_twice_reads_that_it_is_saved(visitor: Callable, place: str) -> None:
    page, theme = visitor("reads-after-two-presses").new_page(), a_theme()

    press_twice(page, place, theme)

    assert page.locator(".messagelist .success").count() == 1


@pytest.mark.parametrize("place", PLACES)
def test_what_was_saved_by_two_presses_is_not_offered_as_lost(visitor: Callable, place: str) -> None:
    name, theme = "offered-after-two-presses", a_theme()
    page = visitor(name).new_page()

    press_twice(page, place, theme)

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


# --- two accounts in one browser -----------------------------------------------------------------


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
