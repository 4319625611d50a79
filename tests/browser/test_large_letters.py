"""Whoever reads with letters twice as large on a small phone reads downwards only."""

from collections.abc import Callable

import pytest

from tests.browser.reflow import Screen, Window

pytestmark = pytest.mark.browser

# A screen of 320 pixels with letters twice as large is laid out as one of 160 pixels.
SMALL = Window(160, 320, 2)
PAGES = (
    "/ar/cases/libya-2020/",
    "/en/cases/",
    "/ar/cases/compare/?case=libya-2020&case=sudan-jeddah-2023",
    "/ar/cases/figures/",
    "/fr/initiatives/kuwait-conference-iraq-2018/",
    "/fr/sources/pa-x-v10/",
)


def test_nothing_is_wider_than_the_screen_with_letters_twice_as_large(onlooker: Callable) -> None:
    page = onlooker().new_page()
    page.goto(PAGES[0])
    Screen(page).show(SMALL)

    wide = {}
    for address in PAGES:
        page.goto(address)
        wide[address] = page.evaluate("document.documentElement.scrollWidth")

    assert wide == dict.fromkeys(PAGES, SMALL.width)
