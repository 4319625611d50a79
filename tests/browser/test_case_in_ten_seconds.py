"""A case is grasped in ten seconds: what became of it at once, and the whole page neither long nor laborious."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cases.models import Case
from publishing.languages import PAGE_LANGUAGES
from tests.browser.watching import settled

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 375, "height": 812}}
WIDE = {"viewport": {"width": 1280, "height": 900}}
RICH = "lebanon-2008"
# The cases with the most rows.
LONG = (RICH, "libya-2020", "mali-algiers-2015", "darfur-doha-2011", "tajikistan-1997")
# So many of the longest titles push what became of the case down.
LONGEST = 5
# Pixels of the page of a case, whichever it is and in whichever language.
TALLEST, TALLEST_ON_A_PHONE = 9_600, 12_000
MOST_STOPS = 135
STOPS = """() => [...document.querySelectorAll(
    'main :is(a[href], summary, button, input, select, textarea, [tabindex="0"])'
)].filter(one => one.checkVisibility({visibilityProperty: true})).length"""


def height(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


def of(language: str) -> list[str]:
    """Each case is in one language's list; in all are those with the most rows, and those with the longest titles."""
    slugs = [*Case.objects.order_by("slug").values_list("slug", flat=True)]
    titles = dict(Case.objects.values_list("slug", f"title_{language}"))
    longest = sorted(slugs, key=lambda slug: len(titles[slug]), reverse=True)[:LONGEST]
    return [*LONG, *longest, *slugs[list(PAGE_LANGUAGES).index(language) :: len(PAGE_LANGUAGES)]]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_a_case_says_at_once_what_became_of_it_and_is_neither_long_nor_laborious(
    onlooker: Callable, language: str
) -> None:
    page = onlooker(**PHONE).new_page()
    hidden, long, laborious = [], [], []

    for slug in dict.fromkeys(of(language)):
        page.goto(f"/{language}/cases/{slug}/")
        settled(page)
        box = page.locator(".became .outcome").bounding_box()
        if box is None or box["y"] + box["height"] > PHONE["viewport"]["height"]:
            hidden.append((slug, box))
        if height(page) > TALLEST_ON_A_PHONE:
            long.append((slug, "on a phone", height(page)))
        if slug in LONG:
            page.set_viewport_size(WIDE["viewport"])
            if height(page) > TALLEST:
                long.append((slug, "wide", height(page)))
            if (stops := page.evaluate(STOPS)) > MOST_STOPS:
                laborious.append((slug, stops))
            page.set_viewport_size(PHONE["viewport"])

    assert hidden == []
    assert long == []
    assert laborious == []


def test_rows_beyond_the_first_open_on_request_without_a_script(visitor: Callable) -> None:
    page = visitor(**PHONE, java_script_enabled=False).new_page()
    page.goto(f"/en/cases/{RICH}/")
    rest = page.locator("#events ~ details.more")
    last = rest.locator("tbody tr").last
    expect(last).to_be_hidden()

    rest.locator("summary").first.click()

    expect(last).to_be_visible()
    page.goto(f"/en/cases/{RICH}/?sources=open")
    expect(last).to_be_visible()


def test_the_bar_of_sections_stays_and_hides_nothing_that_it_leads_to(visitor: Callable) -> None:
    # Without smooth scrolling, which would still be under way when it is measured.
    page = visitor(**PHONE, reduced_motion="reduce").new_page()
    page.goto(f"/en/cases/{RICH}/")

    bar = settled(page).locator("nav.contents")
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

    folded = settled(page).locator("main details:not(.ask-readers *) .said")
    assert folded.count() > 20
    assert [
        one for one in folded.all() if not one.evaluate("one => one.getBoundingClientRect().height > 0")
    ] == []
