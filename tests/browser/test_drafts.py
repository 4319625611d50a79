"""A draft through a night of bad luck: the server is killed under it, and nothing that was typed is lost."""

import signal
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.starter.reading import key_of
from tests.browser.watching import Watched, next_page
from tests.faults.finished import give_database
from tests.faults.servers import Casebook, killed_at_the_end

pytestmark = pytest.mark.browser

THEME = key_of("theme", "security-and-justice")
DESK = f"/en/admin/pillars/theme/{THEME}/change/"
# The form keeps what was typed every ten seconds.
KEPT_WITHIN = 40_000


@pytest.fixture
def casebook(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    """A casebook with a server of its own, to be killed."""
    for one in killed_at_the_end(Casebook(tmp_path)):
        give_database(one, tmp_path_factory)
        yield one


def signed_in(browser: Browser, casebook: Casebook) -> Page:
    """The theme's form, opened by the administrator."""
    page = browser.new_context(base_url=casebook.site).new_page()
    page.goto(DESK)
    page.locator("#id_login").fill("admin")
    page.locator("#id_password").fill(casebook.password)
    with next_page(page):
        page.locator("#id_password").press("Enter")
    assert page.url.endswith(DESK)
    return page


def stored(casebook: Casebook, column: str, table: str = "publishing_entry", key: str = "id") -> Any:
    """What the public tables say of the theme."""
    question = f"SELECT {column} FROM {table} WHERE {key} = '{uuid.UUID(str(THEME)).hex}'"
    return casebook.rows(question)[0][0]


def test_a_draft_outlives_the_server_and_is_resumed_and_published(
    browser: Browser, casebook: Casebook
) -> None:
    casebook.start()
    page = signed_in(browser, casebook)
    warned = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    title = stored(casebook, "title_fr")

    page.locator("#id_summary_fr").fill("Le brouillon, enregistré.")
    page.locator("#id_public_note").fill("A note for the draft.")
    with next_page(page):
        page.locator("[name=_draft]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    draft = page.url
    page.locator("#id_summary_ar").fill("ما حُفظ تلقائيا")
    expect(page.locator("#work-typing")).to_contain_text("Saved at", timeout=KEPT_WITHIN)
    casebook.stop(signal.SIGKILL, everything=True)
    page.locator("#id_title_fr").fill("Le titre tapé sans serveur")
    expect(page.locator("#work-typing")).to_contain_text("cannot be reached", timeout=KEPT_WITHIN)
    assert "?proposal=" in draft

    # The page that is about to be left must not find the server first: it would keep there what it holds.
    page.route("**/typing/**", lambda route: route.abort())
    casebook.start()
    page.goto(draft)
    assert warned == ["beforeunload"]
    expect(page.locator("#id_summary_fr")).to_have_value("Le brouillon, enregistré.")
    # What this browser holds is the newer of the two, and the only one that is offered.
    expect(page.locator(".work-kept:visible")).to_have_count(1)
    expect(page.locator(".work-kept:visible")).to_contain_text(
        "This browser has stored text that you typed here"
    )
    page.unroute("**/typing/**")
    with next_page(page):
        page.locator(".work-kept:visible button[type=button]").first.click()
    assert "typed=1" in page.url
    expect(page.locator("#id_summary_fr")).to_have_value("Le brouillon, enregistré.")
    expect(page.locator("#id_summary_ar")).to_have_value("ما حُفظ تلقائيا")
    expect(page.locator("#id_title_fr")).to_have_value("Le titre tapé sans serveur")
    assert stored(casebook, "title_fr") == title

    with next_page(page):
        page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert stored(casebook, "title_fr") == "Le titre tapé sans serveur"
    page.goto(DESK)
    expect(page.locator(".work-kept")).to_have_count(0)
    assert casebook.manage("verify").returncode == 0


def test_a_save_that_is_refused_offers_what_was_typed_once_and_loses_nothing(
    visitor: Callable, site: str
) -> None:
    watched = Watched(visitor("refused"), site)
    page, other = (
        watched.page,
        f"/en/admin/pillars/theme/{key_of('theme', 'education-and-basic-services')}/change/",
    )
    warned = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))

    page.goto(other)
    page.locator("#id_summary_fr").fill("Sans note.")
    with next_page(page):
        page.locator("[name=_save]").first.click()
    expect(page.locator(".mistakes")).to_be_focused()
    expect(page.locator("#id_summary_fr")).to_have_value("Sans note.")
    expect(page.locator(".work-kept:visible")).to_have_count(0)
    page.locator('.mistakes a[href="#id_public_note"]').click()
    expect(page.locator("#id_public_note")).to_be_focused()
    expect(page.locator("#id_public_note")).to_be_in_viewport()
    page.goto(other)
    assert warned == ["beforeunload"]
    expect(page.locator(".work-kept:visible")).to_have_count(1)
    with next_page(page):
        page.locator(".work-kept:visible button[type=button]").first.click()
    assert "typed=1" in page.url
    expect(page.locator("#id_summary_fr")).to_have_value("Sans note.")

    page.locator("#id_public_note").fill("A note.")
    with next_page(page):
        page.locator("[name=_draft]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator(".work-kept:visible")).to_have_count(0)
    page.reload()
    expect(page.locator(".work-kept:visible")).to_have_count(0)
    page.goto(other)
    expect(page.locator(".work-kept:visible")).to_have_count(0)
    page.locator(".work-state.is-mine a.button").click()
    expect(page.locator("#id_summary_fr")).to_have_value("Sans note.")
    with next_page(page):
        page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert watched.faults == []


def test_what_another_window_saved_is_not_offered_as_lost(visitor: Callable, site: str) -> None:
    profile = visitor("two-windows-saving")
    first, second = Watched(profile, site), Watched(profile, site)
    form = f"/en/admin/pillars/theme/{key_of('theme', 'dialogue')}/change/"
    first.page.goto(form)
    first.page.locator("#id_summary_fr").fill("Enregistré dans la première fenêtre.")
    second.page.goto(form)
    second.page.wait_for_function("async () => (await navigator.locks.query()).pending.length === 1")

    with next_page(first.page):
        first.page.locator("[name=_draft]").first.click()
    expect(first.page.locator(".messagelist .success")).to_be_visible()

    # Its lock was free for a moment, while the answer was on its way.
    second.page.wait_for_function("async () => (await navigator.locks.query()).pending.length === 0")
    expect(second.page.locator(".work-kept:visible")).to_have_count(0)
    assert [*first.faults, *second.faults] == []


def test_what_another_window_typed_is_offered_only_once_it_is_closed(visitor: Callable, site: str) -> None:
    profile = visitor("two-windows")
    first, second = Watched(profile, site), Watched(profile, site)
    form = f"/en/admin/pillars/theme/{key_of('theme', 'governance-and-participation')}/change/"
    first.page.goto(form)
    # Nothing reaches the casebook from here, so the browser has it alone.
    first.page.route("**/typing/**", lambda route: route.abort())
    first.page.locator("#id_summary_fr").fill("Dans la première fenêtre.")

    second.page.goto(form)
    expect(second.page.locator("#about-work")).to_be_attached()
    second.page.wait_for_function("async () => (await navigator.locks.query()).pending.length === 1")
    expect(second.page.locator(".work-kept:visible")).to_have_count(0)
    first.page.close()

    expect(second.page.locator(".work-kept:visible")).to_have_count(1)
    with next_page(second.page):
        second.page.locator(".work-kept:visible button[type=button]").first.click()
    expect(second.page.locator("#id_summary_fr")).to_have_value("Dans la première fenêtre.")
    assert second.faults == []
