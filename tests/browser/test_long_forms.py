"""The form of a long case: its rows open, and lists of choices come, when somebody needs them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.starter.reading import key_of
from publishing.models import Proposal
from tests.browser.watching import Watched, next_page, settled

pytestmark = pytest.mark.browser

CASE = key_of("case", "lebanon-2008")
# A page of so many elements opens at once on an old computer.
MAX_ELEMENTS = 2_500


def options(page: Page, name: str) -> int:
    """How many choices the box of that name has, be it in the page or in its blank row."""
    everywhere = """name => [document, ...[...document.querySelectorAll("template")].map(({content}) => content)]
        .flatMap(part => [...part.querySelectorAll(`[name="${name}"] option`)]).length"""
    return int(page.evaluate(everywhere, name))


def test_a_row_of_a_long_form_gets_its_choices_when_somebody_comes_to_it(
    visitor: Callable, site: str
) -> None:
    watched = Watched(visitor("longformer"), site)
    page = watched.page

    page.goto(f"/en/admin/cases/case/{CASE}/change/#claims-group")
    lines = page.locator("#claims-group .closed-rows > li > button")
    closed = lines.count()
    lines.nth(2).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name='claims-0-about']")).to_be_focused()
    assert lines.count() == closed - 1
    before, whole = options(page, "claims-0-stance"), options(page, "claims-__prefix__-stance")
    chosen = page.locator("[name='claims-0-about']").input_value()
    page.locator("[name='claims-0-stance']").focus()
    page.locator("[name='claims-0-about']").focus()
    after = options(page, "claims-0-stance")
    assert options(page, "claims-0-about") == options(page, "claims-__prefix__-about") > 20
    assert page.evaluate("document.querySelectorAll('*').length") < MAX_ELEMENTS
    assert (before, after) == (1, whole)
    assert whole > 1
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


def test_a_row_opens_where_it_stands_and_its_boxes_for_entries_suggest(visitor: Callable, site: str) -> None:
    watched = Watched(visitor("opener"), site)
    page = watched.page
    page.goto(f"/ar/admin/cases/case/{CASE}/change/#participations-group")
    lines = settled(page).locator("#participations-group .closed-rows > li > button")
    above, below = lines.nth(0).inner_text(), lines.nth(2).inner_text()

    lines.nth(1).click()

    row = page.locator("#participations-0")
    expect(row.locator(".select2-selection").first).to_be_visible()
    tops = [page.get_by_role("button", name=name, exact=True).bounding_box()["y"] for name in (above, below)]
    assert tops[0] < row.bounding_box()["y"] < tops[1]
    assert watched.faults == []
