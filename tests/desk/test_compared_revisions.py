"""Two revisions compared at the desk, from the page of an entry's history."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from publishing.models import Entry
from tests.factories import publish_change, publish_theme
from tests.kept import kept
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@kept
def theme() -> Entry:
    """A theme with three revisions."""
    theme = publish_theme(title_en="First", summary_en="Same.")
    publish_change(theme, title_en="Second")
    publish_change(theme, title_en="Third", summary_en="Other.")
    return theme


def history(client: Client, entry: Any, query: str = "") -> Document:
    address = reverse("admin:pillars_theme_history", args=[entry.pk])
    return Document.of(client.get(f"{address}{query}").content.decode())


def test_any_two_revisions_are_compared_field_by_field(desk: Client, theme: Entry) -> None:
    page = history(desk, theme, "?before=1&after=3")

    assert "From revision 1 to revision 3" in page.text
    assert "2 changes" in page.one("summary").text
    lines = [one.text for one in page.all("li") if any(above["class"] == "changes" for above in one.above)]
    assert any("First" in line and "Third" in line for line in lines)


def test_the_order_in_which_they_are_named_does_not_matter(desk: Client, theme: Entry) -> None:
    assert "From revision 1 to revision 2" in history(desk, theme, "?before=2&after=1").text


def test_the_two_newest_are_chosen_at_first(desk: Client, theme: Entry) -> None:
    page = history(desk, theme)

    chosen = {
        one["name"]: one["value"] for one in page.all("input", type="radio") if "checked" in one.attributes
    }
    assert chosen == {"before": "2", "after": "3"}
    assert not [*page.all("section", **{"aria-labelledby": "compared"})]


def test_an_entry_with_one_revision_offers_no_comparison(desk: Client) -> None:
    assert not [*history(desk, publish_theme()).all("input", type="radio")]


@pytest.mark.parametrize(
    "query",
    [
        "?before=1&after=9",
        "?before=x&after=1",
        "?before=1&before=2&after=3",
        "?before=" + "9" * 50 + "&after=1",
        "?before=%ED%A0%80&after=1",
    ],
)
def test_what_is_not_understood_is_said(desk: Client, theme: Entry, query: str) -> None:
    assert "Not understood:" in history(desk, theme, query).text


def test_the_same_revision_twice_says_the_same(desk: Client, theme: Entry) -> None:
    assert "Both say the same." in history(desk, theme, "?before=2&after=2").text
