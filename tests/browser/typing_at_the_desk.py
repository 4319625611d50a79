"""Where somebody types at the desk, in a theme of their own: open, fill in, save, bring back."""

import re
import uuid

from playwright.sync_api import Locator, Page, expect

from pillars.models import Theme
from publishing.models import Entry
from tests.browser.conftest import PASSWORD, account
from tests.browser.watching import next_page
from tests.factories import newest, publish_change, publish_theme

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


def fill_door(page: Page) -> None:
    for name, text in {
        "f:summary_en": "Said otherwise.",
        "source_reference": "S/2008/392",
        "reason": "The text says so.",
    }.items():
        page.locator(f"[name='{name}']").fill(text)
