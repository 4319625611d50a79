"""An entry is renamed while somebody types: what they send arrives."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from contributions.models import Contribution
from tests.browser.typing_at_the_desk import (
    PLACES,
    TYPED,
    a_theme,
    address_of,
    box,
    fill,
    fill_door,
    renamed,
    save_button,
    texts,
)
from tests.browser.watching import next_page

pytestmark = pytest.mark.browser


def test_a_proposal_for_an_entry_that_was_renamed_meanwhile_arrives(visitor: Callable) -> None:
    theme = a_theme()
    page = visitor().new_page()
    page.goto(f"/en/propose/theme/{theme.slug}/summary/")
    fill_door(page)

    slug = renamed(theme)
    with next_page(page):
        page.locator(".door-form .actions button").click()

    expect(page).to_have_url(re.compile(r"/proposals/[\w-]+/\?sent=1"))
    expect(page.locator(".proposed")).to_contain_text("Said otherwise.")
    expect(page.locator("h1 a")).to_have_attribute("href", f"/en/themes/{slug}/")
    one = Contribution.objects.get(proposal__entry=theme)
    assert one.proposal.wanted["fields"]["summary_en"] == "Said otherwise."
    page.goto(f"/en/propose/theme/{theme.slug}/summary/")
    expect(page).to_have_url(re.compile(f"/propose/theme/{slug}/summary/"))
    expect(page.locator("[name='f:summary_en']")).to_have_value("What it is about.")


def test_a_draft_of_an_entry_that_was_renamed_meanwhile_is_saved_and_published(visitor: Callable) -> None:
    place, theme = "the desk", a_theme()
    page = visitor("drafts-of-renamed").new_page()
    page.goto(address_of(place, theme))
    fill(page, place)

    slug = renamed(theme)
    with next_page(page):
        save_button(page, place).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(box(page, place)).to_have_value(TYPED)
    with next_page(page):
        page.locator("[name=_save]").first.click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert texts(theme) == (slug, TYPED)


@pytest.mark.parametrize("place", PLACES)
def test_what_is_published_of_an_entry_that_was_renamed_meanwhile_keeps_its_new_name(
    visitor: Callable, place: str
) -> None:
    theme = a_theme()
    page = visitor("publishes-renamed").new_page()
    page.goto(address_of(place, theme))
    fill(page, place)

    slug = renamed(theme)
    with next_page(page):
        page.locator("[name=_save], .submit-row .default").first.click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert texts(theme) == (slug, TYPED)


def test_two_who_rename_one_entry_meet_and_the_second_loses_nothing(visitor: Callable) -> None:
    place, theme = "the desk", a_theme()
    mine = f"{theme.slug}-mine"
    page = visitor("renames-too").new_page()
    page.goto(address_of(place, theme))
    fill(page, place)
    page.locator("#id_slug").fill(mine)

    slug = renamed(theme)
    with next_page(page):
        page.locator("[name=_save]").first.click()
    conflict = page.locator(".conflict")
    expect(conflict).to_have_count(1)
    for text in (slug, mine):
        expect(conflict).to_contain_text(text)
    expect(page.locator("#content")).to_contain_text(TYPED)
    assert texts(theme) == (slug, "")
    conflict.locator("[name='choice:slug'][value=mine]").check()
    with next_page(page):
        page.locator("[type=submit].default").click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert texts(theme) == (mine, TYPED)
