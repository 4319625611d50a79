"""What pages and records of DOIs say of a document becomes the values of a source; nothing in them raises."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.page_metadata import of_page, of_record

JOURNAL = """<html lang="en-GB"><head><title>Site | Page</title>
<meta name="citation_title" content="When do ceasefires&#8217; terms hold?">
<meta name="citation_author" content="Clayton, Govinda"><meta name="citation_author" content="Sticher, Valerie">
<meta name="citation_journal_title" content="Journal of Peace Research">
<meta name="citation_publication_date" content="2022/12/01">
<meta name="citation_doi" content="https://doi.org/10.1177/00220027221129195"></head>"""
NEWS = """<html><head><title>x</title><meta property="og:site_name" content="الجزيرة">
<meta property="og:title" content="وقف إطلاق النار"><meta property="og:locale" content="ar_QA">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "y",
"datePublished": "2020-10-23T10:00:00Z", "author": [{"name": "ليلى"}]}]}</script>"""
RECORD = {
    "type": "article-journal",
    "title": "Introducing the ETH/PRIO Dataset",
    "author": [{"given": "Govinda", "family": "Clayton"}, {"literal": "PRIO"}],
    "container-title": "Journal of Conflict Resolution",
    "issued": {"date-parts": [[2022, 10]]},
    "DOI": "10.1177/00220027221129195",
    "language": "en",
}


def test_a_journal_says_what_is_cited() -> None:
    assert of_page(JOURNAL) == {
        "title": "When do ceasefires’ terms hold?",
        "authors": "Clayton, Govinda; Sticher, Valerie",
        "publisher": "Journal of Peace Research",
        "published_on": "2022-12-01",
        "language": "en",
        "source_type": "academic",
        "identifier": "10.1177/00220027221129195",
        "identifier_scheme": "doi",
    }


def test_a_newspaper_says_it_in_its_data() -> None:
    assert of_page(NEWS) == {
        "title": "وقف إطلاق النار",
        "authors": "ليلى",
        "publisher": "الجزيرة",
        "published_on": "2020-10-23",
        "language": "ar",
        "source_type": "news",
    }


def test_a_page_that_says_nothing_has_the_title_of_its_window() -> None:
    assert of_page("<title> A\n page </title><p>Text") == {"title": "A page"}
    assert of_page("") == {}


def test_the_record_of_a_doi_is_read() -> None:
    assert of_record(json.dumps(RECORD)) == {
        "title": "Introducing the ETH/PRIO Dataset",
        "authors": "Govinda Clayton; PRIO",
        "publisher": "Journal of Conflict Resolution",
        "published_on": "2022-10",
        "language": "en",
        "source_type": "academic",
        "identifier": "10.1177/00220027221129195",
        "identifier_scheme": "doi",
    }


@pytest.mark.parametrize(
    "said, day",
    [
        *(("2020", "2020"), ("2020-13-01", "2020"), ("2020-02-31", "2020-02"), ("2020/2/3", "2020-02-03")),
        *(("20201023", ""), ("23 October", ""), ("0000", ""), ("", "")),
    ],
)
def test_a_day_that_does_not_exist_is_left_out(said: str, day: str) -> None:
    found = of_page(f'<meta name="citation_date" content="{said}">')

    assert found.get("published_on", "") == day


@pytest.mark.parametrize(
    "text", ["null", "[]", "1", '{"title": 1, "author": {}, "issued": [[]]}', "[" * 5_000]
)
def test_a_record_of_another_shape_says_nothing(text: str) -> None:
    assert of_record(text) == {}


HIDDEN = (
    r'<script type="application/ld+json">{"headline": "a\ud800b\u202ec\u2066d", "author": "\udc00e"}</script>'
)


def test_what_nobody_sees_in_a_page_stays_there() -> None:
    assert of_page(HIDDEN) == {"title": "abcd", "authors": "e"}
    assert of_page("<title>a\u202eb</title>") == {"title": "ab"}
    assert of_record(r'{"title": "a\ud800b", "publisher": "c\u202e"}') == {"title": "ab", "publisher": "c"}


MOST_SECONDS = 1.0
LD = '<script type="application/ld+json">'


@pytest.mark.parametrize(
    "text",
    [
        LD + "[" + "[]," * 160_000 + "1]</script>",
        LD + "</s " * 120_000,
        "<" * 500_000,
        "<a " * 170_000,
        '<meta name=citation_doi content="10.1000/' + "." * 500_000 + '">',
        "<meta name=dc.identifier content=10.1000>" * 12_000,
        "<title>" + "\u0627\u064b\u200f" * 150_000 + "</title>",
    ],
    ids=["lists", "ends", "signs", "attributes", "dots", "identifiers", "marks"],
)
def test_a_page_that_is_made_to_take_long_does_not(text: str) -> None:
    began = time.process_time()
    of_page(text)

    assert time.process_time() - began < MOST_SECONDS


def test_the_document_is_found_among_many_values() -> None:
    lists = "[]," * 100
    assert of_page(LD + f'[{lists}[{{"headline": "a"}}]]</script>') == {"title": "a"}


PIECES = st.sampled_from(
    [
        "<meta ",
        "name=dc.date ",
        "content='2020-",
        "<script type=application/ld+json>",
        '{"@graph":',
        "[",
        "}",
        "</script>",
        "<title>",
        "<![",
        "<!--",
        "&#x;",
        "\x00",
        "\ud800",
        "'>",
        "null",
        '"headline": "a"',
    ]
)


@given(text=st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join))
def test_nothing_in_a_page_raises(text: str) -> None:
    of_page(text)
    of_record(text)
