"""The page of an initiative shows its money and its parts in their place, once."""

import pytest

from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry
from tests.factories import (
    publish_actor,
    publish_initiative,
)
from tests.kept import kept
from tests.whole_site.parts.pages import Page, cells, contents, in_order, inside, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@kept
def paid_for() -> Entry:
    """An initiative with sums of every state and of two currencies."""
    sums = in_order(
        {"pledged": "200.00"},
        {"pledged": "50.00"},
        {"pledged": None, "committed": "40.00"},
        {"pledged": None, "disbursed": "8.50"},
        {"pledged": "1000000.00", "currency": "EUR"},
    )
    return publish_initiative(rows={"funding": sums, "result": [{}], "partner": [{"actor": publish_actor()}]})


def test_what_was_pledged_committed_and_disbursed_stands_apart(page: Page, paid_for: Entry) -> None:
    document = page(paid_for)

    table = document.one("table", class_="money stacks")
    assert [words(one) for one in inside(document, table, "th", scope="col")][1:4] == [
        "Pledged",
        "Committed",
        "Disbursed",
    ]
    none = "none found"
    assert [row[1:4] for row in cells(document, table)[::2]] == [
        ["200 USD", none, none],
        ["50 USD", none, none],
        [none, "40 USD", none],
        [none, none, "8.5 USD"],
        ["1 million EUR", none, none],
    ]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_on_a_phone_each_cell_of_money_that_says_something_says_what_it_is(
    page: Page, paid_for: Entry, language: str
) -> None:
    document = page(paid_for, language)

    table = document.one("table", class_="money stacks")
    told = [one for one in inside(document, table, "td") if not one["colspan"]]
    _from, *headings = (words(one) for one in inside(document, table, "th", scope="col"))

    assert [bool(one["data-label"]) for one in told] == [bool(words(one)) for one in told]
    assert {one["data-label"] for one in told if one["data-label"]} == set(headings)


def test_no_sum_of_sums_stands_on_the_page(page: Page, paid_for: Entry) -> None:
    text = page(paid_for).text

    assert not [total for total in ("250", "290", "298.5", "1,000,250", "1,000,298.5") if total in text]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_a_bar_is_as_long_as_its_share_in_every_language(page: Page, paid_for: Entry, language: str) -> None:
    document = page(paid_for, language)

    bars = inside(document, document.one("table", class_="money stacks"), "rect")
    assert [bar["width"] for bar in bars] == ["100.0%", "25.0%", "20.0%", "4.2%", "100.0%"]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_part_of_an_initiative_that_the_contents_name_is_there(
    page: Page, paid_for: Entry, language: str
) -> None:
    document = page(paid_for, language)

    assert contents(document) == ["money", "results", "facts", "partners"]
    assert set(contents(document)) <= document.ids


# --- a pillar ----------------------------------------------------------------------------
