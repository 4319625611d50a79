"""What is typed is kept: at the door across languages and links, at the desk in each window and for each account."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watching import next_page, settled

pytestmark = pytest.mark.browser

FORM = "propose/case/yemen-truce-2022/outcome/"
LONG = "w" * 300


@pytest.fixture
def page(visitor: Callable) -> Page:
    return visitor().new_page()


def test_a_change_of_language_keeps_what_was_typed_at_the_door(page: Page) -> None:
    page.goto(f"/en/{FORM}")
    page.locator("[name=reason]").fill("The envoy said so.")
    page.locator("[name=name]").fill("Amal")
    with next_page(page):
        page.locator(".languages a[hreflang=fr]").click()

    expect(page.locator("[name=reason]")).to_have_value("The envoy said so.")
    expect(page.locator("[name=name]")).to_have_value("Amal")
    expect(page.locator(".kept-typing")).not_to_be_empty()
    assert page.context.cookies() == []


def test_a_link_away_and_back_keeps_what_was_typed_at_the_door(page: Page) -> None:
    page.goto("/en/propose/case/yemen-truce-2022/participation/new/")
    page.locator("[name=reason]").fill("A party is missing.")
    with next_page(page):
        page.get_by_role("link", name="Propose it first.").first.click()
    expect(page.locator("[name=reason]")).to_have_value("")
    page.goto("/en/propose/case/yemen-truce-2022/participation/new/")

    expect(page.locator("[name=reason]")).to_have_value("A party is missing.")


def test_another_window_offers_what_was_typed_without_the_name(page: Page) -> None:
    page.goto(f"/en/{FORM}")
    page.locator("[name=reason]").fill("The envoy said so.")
    page.locator("[name=name]").fill("Amal")

    other = page.context.new_page()
    other.goto(f"/en/{FORM}")
    expect(other.locator("[name=reason]")).to_have_value("")
    other.get_by_role("button", name="Bring it back").click()

    expect(other.locator("[name=reason]")).to_have_value("The envoy said so.")
    expect(other.locator("[name=name]")).to_have_value("")


@pytest.mark.parametrize(
    "address", ["changes/?change=all", "cases/", "actors/", "sources/", "cases/libya-2020/history/"]
)
def test_one_long_word_widens_no_page(visitor: Callable, address: str) -> None:
    narrow = visitor(viewport={"width": 320, "height": 640}).new_page()
    narrow.goto(f"/en/{address}")

    narrow.evaluate(
        "(word) => document.querySelectorAll('main .items a, main .short-list a, main h1, main h2 a, main .item bdi')"
        ".forEach((one) => { one.textContent = word; })",
        LONG,
    )

    assert settled(narrow).evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
