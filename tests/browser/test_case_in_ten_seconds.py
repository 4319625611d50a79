"""A case is grasped in ten seconds: what became of it at once, and the whole page neither long nor laborious."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cases.models import Case
from publishing.languages import PAGE_LANGUAGES

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 375, "height": 812}}
WIDE = {"viewport": {"width": 1280, "height": 900}}
RICH = "lebanon-2008"
# Pixels of its page, by language: letters of Arabic are larger, and French takes more words.
TALLEST = {"en": (9600, 12_000), "ar": (10_800, 12_800), "fr": (10_200, 13_000)}
MOST_STOPS = 135
STOPS = """() => [...document.querySelectorAll(
    'main :is(a[href], summary, button, input, select, textarea, [tabindex="0"])'
)].filter(one => one.checkVisibility({visibilityProperty: true})).length"""


def height(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_what_became_of_it_is_in_the_first_screen_of_a_phone(visitor: Callable, language: str) -> None:
    page = visitor(**PHONE).new_page()
    hidden = []

    for slug in Case.objects.values_list("slug", flat=True):
        page.goto(f"/{language}/cases/{slug}/")
        box = page.locator(".became .outcome").bounding_box()
        if box is None or box["y"] + box["height"] > PHONE["viewport"]["height"]:
            hidden.append((slug, box))

    assert hidden == []


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_the_richest_case_is_neither_long_nor_laborious(visitor: Callable, language: str) -> None:
    wide, narrow = (visitor(**window).new_page() for window in (WIDE, PHONE))
    heights = []
    for page in (wide, narrow):
        page.goto(f"/{language}/cases/{RICH}/")
        page.evaluate("document.fonts.ready")
        heights.append(height(page))

    assert heights[0] <= TALLEST[language][0], heights
    assert heights[1] <= TALLEST[language][1], heights
    assert narrow.evaluate(STOPS) <= MOST_STOPS


def test_the_bar_of_sections_stays_and_hides_nothing_that_it_leads_to(visitor: Callable) -> None:
    # Without smooth scrolling, which would still be under way when it is measured.
    page = visitor(**PHONE, reduced_motion="reduce").new_page()
    page.goto(f"/en/cases/{RICH}/")

    bar = page.locator("nav.contents")
    bar.get_by_role("link", name="Breaches, as reported").click()

    expect(bar).to_be_in_viewport()
    heading = page.locator("#breaches")
    expect(heading).to_be_in_viewport()
    above, below = bar.bounding_box(), heading.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]


def test_what_is_folded_opens_by_itself_for_a_link_into_it(visitor: Callable) -> None:
    page = visitor(**WIDE, java_script_enabled=False).new_page()
    page.goto(f"/en/cases/{RICH}/")
    quoted = page.locator("#events ~ table .said").first
    expect(quoted).to_be_hidden()

    page.locator("#events ~ table .vouched > summary").first.click()
    expect(quoted).to_be_visible()

    page.goto(f"/en/cases/{RICH}/")
    page.locator(".prose a.citation").first.click()
    expect(page.locator("li:target")).to_be_visible()


def test_on_paper_nothing_is_folded(visitor: Callable) -> None:
    page = visitor(**WIDE).new_page()
    page.goto(f"/en/cases/{RICH}/")

    page.emulate_media(media="print")

    folded = page.locator("main details:not(.ask-readers *) .said")
    assert folded.count() > 20
    assert [
        one for one in folded.all() if not one.evaluate("one => one.getBoundingClientRect().height > 0")
    ] == []
