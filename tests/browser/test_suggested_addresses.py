"""A new entry gets its address from its title, whichever language somebody writes in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.watching import Watched

pytestmark = pytest.mark.browser


def test_an_address_is_suggested_from_the_title_in_any_language(visitor: Callable, site: str) -> None:
    watched = Watched(visitor("addresser"), site)
    page = watched.page
    page.goto("/ar/admin/sources/source/add/")
    address = page.locator("#id_slug")

    page.locator("#id_title_ar").fill("هدنة إدلب")
    expect(address).to_have_value("hdna-adlb")
    # Whoever only comes past the English title leaves it.
    page.locator("#id_title_en").focus()
    page.keyboard.press("Tab")
    expect(address).to_have_value("hdna-adlb")
    page.locator("#id_title_fr").fill("La trêve d’Idlib")
    expect(address).to_have_value("la-treve-d-idlib")
    page.locator("#id_title_en").press_sequentially("Idlib")
    expect(address).to_have_value("idlib")
    page.locator("#id_title_en").fill("")
    address.fill("mine")
    page.locator("#id_title_fr").fill("La trêve")
    expect(address).to_have_value("mine")
    assert watched.faults == []
