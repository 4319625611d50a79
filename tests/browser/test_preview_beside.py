"""The preview beside a form: it follows what is typed, in each language, and is reached by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from publishing.models import FormAutosave, Proposal
from tests.browser.barriers import barriers_on, told
from tests.browser.conftest import account
from tests.browser.journeys import fits
from tests.browser.typing_at_the_desk import a_theme, accepts_to_leave, address_of
from tests.browser.watching import Watched, next_page, settled

pytestmark = pytest.mark.browser


def opened(page: Page) -> Page:
    """The page, whose preview was opened by keyboard."""
    page.locator("#preview-beside > summary").focus()
    page.keyboard.press("Enter")
    return page


def test_the_page_beside_the_form_follows_what_is_typed(visitor: Callable, site: str) -> None:
    watched, theme = Watched(visitor("previewer"), site), a_theme()
    page = accepts_to_leave(watched.page)
    page.goto(address_of("the desk", theme))
    frame = page.frame_locator("#frame-of-preview iframe")

    opened(page)
    expect(frame.locator("h1")).to_contain_text("Theme")
    assert not FormAutosave.objects.filter(by__username="previewer").exists()
    page.locator("#id_title_en").fill("Another title")
    expect(frame.locator("h1")).to_contain_text("Another title")

    page.locator("#id_title_fr").fill("Un autre titre")
    page.get_by_role("button", name="Français").focus()
    page.keyboard.press("Space")
    expect(frame.locator("h1")).to_contain_text("Un autre titre")
    expect(frame.locator("html")).to_have_attribute("lang", "fr")

    page.get_by_role("button", name="Wide").click()
    expect(page.get_by_role("button", name="Wide")).to_have_attribute("aria-pressed", "true")
    page.set_viewport_size({"width": 1280, "height": 800})
    fits(page)
    page.locator("#id_public_note").fill("Renamed.")
    with next_page(page):
        page.locator("[name=_draft]").first.click()
    # It is remembered, and shows the draft.
    expect(page.frame_locator("#frame-of-preview iframe").locator("h1")).to_contain_text("Un autre titre")
    assert Proposal.objects.get(author__username="previewer").wanted["fields"]["title_fr"] == "Un autre titre"
    assert watched.faults == []


def test_what_makes_no_page_yet_says_why_and_puts_up_no_barrier(visitor: Callable, site: str) -> None:
    watched = Watched(visitor("previewer2"), site)
    page = accepts_to_leave(watched.page)
    page.goto("/ar/admin/pillars/theme/add/")
    page.set_viewport_size({"width": 375, "height": 800})

    opened(settled(page))
    frame = page.frame_locator("#frame-of-preview iframe")
    expect(frame.locator("main p")).to_be_visible()
    fits(page)
    assert watched.faults == []
    grave = [one for one in barriers_on(page) if one["impact"] in {"serious", "critical"}]
    assert not grave, told(grave)


def test_without_a_script_the_preview_is_a_link(visitor: Callable, site: str) -> None:
    account("previewer3")
    page = visitor("previewer3", java_script_enabled=False).new_page()
    page.goto(address_of("the desk", a_theme()))

    page.locator("#preview-beside > summary").click()
    with page.context.expect_page() as shown:
        page.locator("#preview-beside a[data-language=ar]").click()

    expect(shown.value.locator("html")).to_have_attribute("lang", "ar")
