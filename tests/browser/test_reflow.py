"""On a narrow screen, and magnified four times, every page reads downwards only and loses no word."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publishing.languages import PAGE_LANGUAGES
from tests.browser.addresses import EVERY_KIND
from tests.browser.watching import settled

pytestmark = pytest.mark.browser

CUT_OFF = (Path(__file__).parent / "reflow.js").read_text(encoding="utf-8")
WINDOWS: dict[str, dict[str, Any]] = {
    "320 pixels": {"viewport": {"width": 320, "height": 640}},
    # A window of 1280 x 1024, magnified to 400 %.
    "four times": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
}


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_page_reads_downwards_and_loses_no_word(
    visitor: Callable, language: str, window: dict[str, Any]
) -> None:
    page = visitor(**window).new_page()
    lost = []

    for address in EVERY_KIND:
        page.goto(f"/{language}/{address}")
        # Also what is folded away must fit.
        for folded in (True, False):
            if not folded:
                page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            lost += [f"/{language}/{address}: {what}" for what in settled(page).evaluate(CUT_OFF)]

    assert lost == []


PLANTED = {
    "a line that does not break": ("main h1", "white-space", "nowrap"),
    "a header wider than its window": (".site-header .inner", "inline-size", "500px"),
    "a text higher than its box": ("main .finding", "max-block-size", "1rem"),
}


@pytest.mark.parametrize("selector, name, value", PLANTED.values(), ids=PLANTED)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_planted_loss_is_seen(
    visitor: Callable, language: str, selector: str, name: str, value: str
) -> None:
    page = visitor(**WINDOWS["320 pixels"]).new_page()
    page.goto(f"/{language}/cases/libya-2020/")
    settled(page)

    page.locator(selector).first.evaluate(
        "(one, [name, value]) => { one.style.setProperty(name, value); one.style.overflow = 'hidden'; }",
        [name, value],
    )

    assert page.evaluate(CUT_OFF) != []
