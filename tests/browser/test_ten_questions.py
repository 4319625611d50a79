"""Ten questions of readers, answered on a phone without scripts in at most three steps from the front page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from cases.models import Case
from publishing.languages import PAGE_LANGUAGES
from tests.browser.journeys import PHONE, fits, open_menu

pytestmark = pytest.mark.browser
MOST_STEPS = 3
SIX_MONTHS = {"en": "6 months", "ar": "6 أشهر", "fr": "6 mois"}
# As somebody would type it in the language.
ASTANA = {"en": "Astana zones", "ar": "مناطق أستانا", "fr": "zones Astana"}
TRUCE = {"en": "hudna", "ar": "هدنة", "fr": "trêve"}


class Reader:
    """Somebody on the front page, whose clicks that lead to another page and words that are sent are counted."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language, self.steps = page, language, 0
        page.goto(f"/{language}/")

    def at(self, address: str) -> str:
        """The address in the reader's language."""
        return f"/{self.language}/{address}"

    def find(self, selector: str) -> Locator:
        """What is in sight in the main part of the page, or is there once what folds it is opened."""
        return self.page.locator(f"main {selector}").first

    def follow(self, link: str, *, within: str = "main") -> None:
        """Click the link, and whatever hides it before."""
        if within == "header":
            open_menu(self.page)
        self._unfold(found := self.page.locator(f"{within} a[href='{link}']").first)
        self._go(found.click)

    def look_for(self, words: str) -> None:
        """Open the search and send these words: two steps."""
        self._go(self.page.locator(".search-link").click)
        self.page.locator("main input[name=q]").fill(words)
        self._go(lambda: self.page.locator("main input[name=q]").press("Enter"))

    def send(self, button: str, **filled: str) -> None:
        """Fill the boxes of these names, and press the button."""
        for name, words in filled.items():
            self._unfold(box := self.find(f"[name={name}]"))
            box.fill(words)
        self._unfold(pressed := self.find(button))
        self._go(pressed.click)

    def sees(self, answer: Locator) -> str:
        """The answer, once whatever folds it is opened; it is there after three steps and fits the phone."""
        self._unfold(answer)
        expect(answer).to_be_visible()
        fits(self.page)
        assert self.steps <= MOST_STEPS
        return answer.inner_text()

    def cell(self, case: str, number: int) -> Locator:
        """What the row of the case says in the column of that number, its name and its box not counted."""
        row = self.find(f".case-table tr:has(a[href='{self.at(f'cases/{case}/')}'])")
        return row.locator("td").nth(number)

    def _go(self, act: Callable[[], None]) -> None:
        with self.page.expect_navigation():
            act()
        self.steps += 1

    def _unfold(self, found: Locator) -> None:
        """Open what it is folded in, from the outside."""
        folds = found.locator("xpath=ancestor::details[not(@open)]")
        while folds.count():
            folds.first.locator("> summary").click()


def mediated_by_the_league_and_watched(reader: Reader) -> None:
    """Which ceasefires that the Arab League mediated were watched over, and did they hold?"""
    reader.follow(reader.at("cases/?actor=arab-league&role=mediator"))

    assert reader.page.locator("main .case-table tbody tr").count() >= 3
    assert reader.sees(reader.cell("lebanon-2008", 5)).strip()
    reader.sees(reader.cell("lebanon-2008", 6).locator(".outcome.superseded_by_settlement"))


def how_long_in_yemen(reader: Reader) -> None:
    """How long did the truce of Yemen last?"""
    reader.follow(reader.at("places/yemen/"))

    row = reader.find(f".case-timeline tr:has(a[href='{reader.at('cases/yemen-truce-2022/')}'])")
    assert SIX_MONTHS[reader.language] in reader.sees(row)


def libya_beside_sudan(reader: Reader) -> None:
    """How do Libya 2020 and Sudan 2023 compare?"""
    reader.follow(reader.at("cases/"), within="header")
    for case in ("libya-2020", "sudan-jeddah-2023"):
        reader.find(f"input[name=case][value={case}]").check()
    reader.send(".compare-actions [type=submit]")

    reader.sees(reader.find(".side-by-side .outcome"))
    shown = reader.page.locator("main .side-by-side .outcome").all()
    # Other journeys may have corrected one meanwhile.
    recorded = [Case.objects.get(slug=slug).outcome for slug in ("libya-2020", "sudan-jeddah-2023")]
    assert [one.get_attribute("class") for one in shown] == [f"outcome {one}" for one in recorded]


def who_guaranteed_the_zones(reader: Reader) -> None:
    """Who guaranteed the zones of Syria, and what does PA-X code?"""
    reader.look_for(ASTANA[reader.language])
    reader.follow(reader.at("cases/syria-astana-2017/"))

    for guarantor in ("turkiye", "iran", "russia"):
        reader.sees(reader.find(f"section:has(> #parties) a[href='{reader.at(f'actors/{guarantor}/')}']"))
    reader.sees(reader.find("section:has(> #codings) :text('PA-X')"))


def what_a_truce_is(reader: Reader) -> None:
    """What is a hudna, a trêve, a هدنة?"""
    reader.look_for(TRUCE[reader.language])

    first = reader.find(".search-hits a")
    assert "/glossary/" in (first.get_attribute("href") or "")
    reader.sees(first)


def the_data(reader: Reader) -> None:
    """Where are all cases as a table for a spreadsheet?"""
    reader.follow(reader.at("cases/"), within="header")

    link = reader.find(f"a[href='{reader.at('cases.csv')}']")
    reader.sees(link)
    with reader.page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.endswith(".csv")


def how_to_cite_a_case(reader: Reader) -> None:
    """How is the page of a case cited?"""
    reader.follow(reader.at("places/libya/"))
    reader.follow(reader.at("cases/libya-2020/"))

    assert "libya-2020/?as_of=" in reader.sees(reader.find(".cite .citation"))


def pledged_and_paid_for_iraq(reader: Reader) -> None:
    """What was pledged for Iraq, and what was paid?"""
    reader.follow(reader.at("initiatives/"), within="header")
    reader.follow(reader.at("initiatives/kuwait-conference-iraq-2018/"))

    reader.sees(reader.find("section:has(#money) .none-found"))
    assert "30" in reader.find("section:has(#money)").inner_text()


def what_changed_for_libya(reader: Reader) -> None:
    """What changed about Libya since last month?"""
    reader.follow(reader.at("changes/?change=all"))
    reader.send(".filters [type=submit]", country="libya")

    assert reader.page.url.find("country=libya") > 0
    reader.sees(reader.find(f"a[href*='{reader.at('cases/libya-2020/')}']"))


def what_a_guarantor_is(reader: Reader) -> None:
    """What is a guarantor, and which cases had one?"""
    reader.follow(reader.at("glossary/"), within="header")
    reader.follow(reader.at("glossary/guarantor/"))

    reader.sees(reader.find(f"a[href='{reader.at('cases/?role=guarantor')}']"))


QUESTIONS = [
    *(mediated_by_the_league_and_watched, how_long_in_yemen, libya_beside_sudan, who_guaranteed_the_zones),
    *(what_a_truce_is, the_data, how_to_cite_a_case, pledged_and_paid_for_iraq, what_changed_for_libya),
    what_a_guarantor_is,
]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS, ids=[one.__name__ for one in QUESTIONS])
def test_it_is_answered_in_three_steps(
    visitor: Callable, question: Callable[[Reader], None], language: str
) -> None:
    page = visitor(**PHONE, java_script_enabled=False, accept_downloads=True).new_page()

    question(Reader(page, language))
