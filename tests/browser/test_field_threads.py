"""Comments at a field: begun by keyboard where one writes, sent without losing what is typed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from publishing.models import FieldThread
from tests.browser.barriers import barriers_on, told
from tests.browser.journeys import fits
from tests.browser.typing_at_the_desk import a_theme, accepts_to_leave, address_of
from tests.browser.watching import Watched, settled

pytestmark = pytest.mark.browser


def test_a_comment_begins_at_the_field_and_leaves_what_is_typed(visitor: Callable, site: str) -> None:
    watched, theme = Watched(visitor("commenter"), site), a_theme()
    page = accepts_to_leave(watched.page)
    page.goto(address_of("the desk", theme))

    page.locator("#id_summary_en").fill("Half a sentence that is not saved")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".comment-here")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#thread-text")).to_be_focused()
    expect(page.locator("#thread-path")).to_have_value("summary_en")
    page.keyboard.type("Which courts?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".thread")).to_contain_text("Which courts?")
    expect(page.locator("a.has-thread")).to_have_text("Which courts?")
    expect(page.locator("#id_summary_en")).to_have_value("Half a sentence that is not saved")
    assert FieldThread.objects.get(entry=theme.pk).path == "summary_en"

    page.locator(".thread textarea").fill("The special ones.")
    page.locator(".thread button[value=reply]").click()
    expect(page.locator(".thread")).to_contain_text("The special ones.")
    page.locator(".thread button[value=resolve]").click()
    expect(page.locator(".resolved-threads")).to_be_visible()
    expect(page.locator("a.has-thread")).to_have_count(0)
    expect(page.locator("#id_summary_en")).to_have_value("Half a sentence that is not saved")
    assert watched.faults == []


def test_the_page_of_comments_puts_up_no_barrier_on_a_phone(visitor: Callable, site: str) -> None:
    watched, theme = Watched(visitor("commenter2"), site), a_theme()
    page = watched.page
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"/ar/admin/comments/{theme.pk}/")

    page.locator("#thread-text").fill("تحقق من التواريخ.")
    page.locator(".new-thread button").click()
    expect(page.locator(".thread")).to_contain_text("تحقق من التواريخ.")
    fits(page)
    assert watched.faults == []
    found = barriers_on(settled(page))
    page.goto("/ar/admin/translations/next/fr/")
    fits(page)
    found += barriers_on(settled(page))
    grave = [one for one in found if one["impact"] in {"serious", "critical"}]
    assert not grave, told(grave)
