"""Template filters for entries: kind, text with headings, the current part of the site."""

import re
from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from cases.models import Case
from pillars.models import Pillar, Section
from portal.models import Page
from publishing import markdown
from publishing.fields.partial_dates import PartialDate
from publishing.models import Entry
from publishing.templatetags import reading

HEADINGS = "# One\n\n## Two\n\n### Three\n\n#### Four\n\n##### Five\n\n###### Six"


def levels(html: str) -> list[str]:
    return re.findall(r"<(h[1-6])", html)


@pytest.mark.parametrize(
    "top, wanted", [(2, "h2 h2 h3 h4 h5 h5"), (3, "h3 h3 h4 h5 h5 h5"), (4, "h4 h4 h5 h5 h5 h5")]
)
def test_headings_stand_below_those_of_the_page(top: int, wanted: str) -> None:
    assert levels(markdown.rendered(HEADINGS, top=top)) == wanted.split()


def test_every_heading_that_is_opened_is_closed() -> None:
    html = markdown.rendered(HEADINGS, top=2)

    assert re.findall(r"</(h[1-6])", html) == levels(html)


def test_a_text_below_a_heading_of_its_own_begins_with_the_third_level() -> None:
    assert levels(reading.prose(Section(body_en=HEADINGS), "body"))[0] == "h3"


def test_a_text_right_below_the_title_begins_with_the_second_level() -> None:
    assert levels(reading.page_prose(Page(body_en=HEADINGS), "body"))[0] == "h2"


def test_a_page_without_a_text_shows_nothing() -> None:
    assert reading.page_prose(Page(), "body") == ""


def test_a_text_that_fell_back_says_so_also_right_below_the_title() -> None:
    with override("ar"):
        html = reading.page_prose(Page(body_en="Words"), "body")

    assert '<div class="prose" lang="en" dir="ltr">' in html


@pytest.mark.parametrize(
    "language, wanted",
    [("en", "Ceasefire case"), ("fr", "Cas de cessez-le-feu"), ("ar", "حالة وقف لإطلاق النار")],
)
def test_a_kind_is_named_in_the_language_of_the_page(language: str, wanted: str) -> None:
    with override(language):
        assert reading.kind_name(Case()) == wanted


def test_an_entry_names_its_kind_though_only_its_common_columns_were_read() -> None:
    assert reading.kind_name(Entry(kind="pillar")) == reading.kind_name(Pillar()) == "Pillar"


@pytest.mark.parametrize(
    "path, wanted",
    [
        ("/en/cases/", 'aria-current="page"'),
        ("/en/cases/libya-2020/", 'aria-current="true"'),
        ("/en/", ""),
        ("/en/pillars/", ""),
        ("/ar/cases/", ""),
    ],
)
def test_the_link_to_the_part_that_the_reader_is_in_is_marked(path: str, wanted: str) -> None:
    context = {"request": RequestFactory().get(path, {"page": "2"})}

    assert reading.here(context, "/en/cases/") == wanted


def test_what_the_address_asks_for_does_not_hide_where_the_reader_is() -> None:
    context = {"request": SimpleNamespace(path="/en/cases/")}

    assert reading.here(context, "/en/cases/") == 'aria-current="page"'


@pytest.mark.parametrize(
    "began, ended, words",
    [
        pytest.param("2008-05", None, "May 2008", id="not ended"),
        pytest.param("2008-05", "2008-05", "May 2008", id="the same date"),
        pytest.param("2008-05", "2009", "May 2008 – 2009", id="another date"),
        pytest.param(None, "2009", "date unknown – 2009", id="beginning unknown"),
    ],
)
def test_a_time_is_told_by_its_two_ends(began, ended, words):
    first, last = (PartialDate.parse(one) if one else None for one in (began, ended))

    assert reading.until(first, last) == words
