"""The form of a long case: its lists of choices come when they are needed, by mouse and by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.starter.reading import key_of
from publishing.models import Proposal
from tests.browser.watching import Watched, next_page

pytestmark = pytest.mark.browser

CASE = key_of("case", "lebanon-2008")
# A page of so many elements opens at once on an old computer.
MAX_ELEMENTS = 24_000


def options(page: Page, name: str) -> int:
    return page.locator(f"[name='{name}'] option").count()


def test_a_row_of_a_long_form_gets_its_choices_when_somebody_comes_to_it(
    visitor: Callable, site: str
) -> None:
    watched = Watched(visitor("longformer"), site)
    page = watched.page

    page.goto(f"/en/admin/cases/case/{CASE}/change/#claims-group")
    before, whole = options(page, "claims-0-about"), options(page, "claims-__prefix__-about")
    chosen = page.locator("[name='claims-0-about']").input_value()
    page.locator("[name='claims-0-about']").focus()
    after = options(page, "claims-0-about")
    assert page.evaluate("document.querySelectorAll('*').length") < MAX_ELEMENTS
    assert (before, after) == (1, whole)
    assert whole > 20
    expect(page.locator("[name='claims-0-about']")).to_have_value(chosen)

    page.locator("[name='claims-0-about']").select_option("narrative")
    page.locator("#id_public_note").fill("It speaks of the story.")
    with next_page(page):
        page.locator("[name=_draft]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    draft = Proposal.objects.get(author__username="longformer")
    claims = draft.wanted["rows"]["claim"].values()
    was = draft.base.snapshot["rows"]["claim"].values()
    assert sum(one["about"] == "narrative" for one in claims) == 1 + sum(
        one["about"] == "narrative" for one in was
    )
    assert watched.faults == []
