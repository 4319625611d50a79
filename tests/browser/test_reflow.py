"""On a narrow screen, and magnified four times, every page reads downwards only and loses no word."""

from collections.abc import Callable

import pytest

from tests.browser.public_pages import LANGUAGES, Seen
from tests.browser.reflow import WINDOWS, Screen, hidden

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_reads_downwards_and_loses_no_word(
    public_pages: Callable[[str], Seen], language: str, window: str
) -> None:
    assert public_pages(language).hidden[window] == []


PLANT = "(one, [name, value]) => { one.style.setProperty(name, value); one.style.overflow = 'hidden'; }"
PLANTED = {
    "a line that does not break": ("main h1", "white-space", "nowrap"),
    "a header wider than its window": (".site-header .inner", "inline-size", "500px"),
    "a text higher than its box": ("main .finding", "max-block-size", "1rem"),
    "the same in what is folded away": ("main details:not([open]) > p", "max-block-size", "1px"),
}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_planted_loss_is_seen(visitor: Callable, language: str) -> None:
    page = visitor().new_page()
    page.goto(f"/{language}/cases/libya-2020/")
    Screen(page).show(WINDOWS["320 pixels"])

    for name, (selector, how, value) in PLANTED.items():
        one = page.locator(selector).first
        one.evaluate(PLANT, [how, value])
        assert hidden(page) != [], name
        one.evaluate("(one) => one.removeAttribute('style')")
