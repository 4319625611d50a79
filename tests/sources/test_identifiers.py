"""One document has one number, however it is written down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.identifiers import address_key, doi, isbn, un_symbol, un_symbol_key

NAME = "10.1177/00220027221129195"


@pytest.mark.parametrize(
    "written",
    [
        NAME,
        "10.1177/00220027221129195.",
        f"https://doi.org/{NAME}",
        f"http://dx.doi.org/{NAME}",
        "https://doi.org/10.1177%2F00220027221129195",
        f"doi:{NAME}",
        f"DOI: {NAME}",
        f"Bara, JCR 2023 (doi: {NAME}), p. 4",
        f"\u200f{NAME}\u200b",
        "10.1177/0022002722\u00ad1129195",
        "١٠.١١٧٧/٠٠٢٢٠٠٢٧٢٢١١٢٩١٩٥",
        f"https://journals.sagepub.com/doi/full/{NAME}?utm_source=x",
        f"https://journals.sagepub.com/doi/pdf/{NAME}#page=3",
        f"«{NAME}»",
    ],
)
def test_a_doi_is_its_bare_name_however_it_is_written(written: str) -> None:
    assert doi(written) == NAME


def test_a_doi_is_compared_in_small_letters_and_keeps_its_brackets() -> None:
    assert doi("(see 10.1016/S0140-6736(06)69491-9)") == "10.1016/s0140-6736(06)69491-9"


@pytest.mark.parametrize("text", ["", "see the cover", "10.1177", "110.1177/x", "page 10.12/3"])
def test_what_is_no_doi_has_none(text: str) -> None:
    assert doi(text) == ""


@pytest.mark.parametrize(
    "written, symbol",
    [
        ("S/2008/392", "S/2008/392"),
        ("s/2008/392", "S/2008/392"),
        ("UN Doc. S/2008/392.", "S/2008/392"),
        ("S/RES/1701 (2006)", "S/RES/1701 (2006)"),
        ("S/RES/1701(2006)", "S/RES/1701 (2006)"),
        ("s/res/1701(2006)", "S/RES/1701 (2006)"),
        ("S/RES/1701\u00a0(2006), para. 3", "S/RES/1701 (2006)"),
        ("https://undocs.org/S/RES/1701(2006)", "S/RES/1701 (2006)"),
        ("https://docs.un.org/en/S/RES/1701%20(2006)", "S/RES/1701 (2006)"),
        ("Report \u200fS/2006/560/Add.1 of 2006", "S/2006/560/ADD.1"),
        ("https://undocs.org/S/2008/392.pdf", "S/2008/392"),
        ("S/PRST/2008/33", "S/PRST/2008/33"),
        ("SG/SM/20217", "SG/SM/20217"),
        ("A/HRC/RES/S\u20119/1", "A/HRC/RES/S-9/1"),
        ("في الوثيقة S/٢٠٠٨/٣٩٢", "S/2008/392"),
        ("and/or", ""),
        ("A/B testing", ""),
        ("p. 3/4", ""),
        ("24/7", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_symbol_is_found_in_capitals(written: str, symbol: str) -> None:
    assert un_symbol(written) == symbol


def test_a_resolution_is_the_same_with_its_year_and_without() -> None:
    assert un_symbol_key("S/RES/1701") == un_symbol_key("S/RES/1701 (2006)") == "S/RES/1701"


@pytest.mark.parametrize(
    "written",
    [
        "9780306406157", "978-0-306-40615-7", "ISBN 978 0 306 40615 7", "0-306-40615-2", "0306406152",
        "٩٧٨-٠-٣٠٦-٤٠٦١٥-٧", "978\u20110\u2011306\u201140615\u20117", "ISBN-13: 978-0-306-40615-7 (hardback)",
    ],
)  # fmt: skip
def test_a_book_has_thirteen_digits_also_where_ten_are_written(written: str) -> None:
    assert isbn(written) == "9780306406157"


def test_the_last_of_ten_digits_may_be_an_x() -> None:
    assert isbn("0-8044-2957-x") == "9780804429573"


@pytest.mark.parametrize(
    "written", ["978-0-306-40615-8", "see the cover", "", "0306406153", "97803064061570"]
)
def test_a_number_with_a_wrong_digit_is_no_book(written: str) -> None:
    assert isbn(written) == ""


@pytest.mark.parametrize(
    "written",
    [
        "https://example.org/a/b",
        "http://example.org/a/b",
        "https://www.example.org/a/b/",
        "HTTPS://Example.ORG/a/b",
        "www.example.org/a/b",
        "example.org/a/b",
        "https://example.org:443/a/b#part",
        "https://example.org/a/b?utm_source=x&utm_medium=y&fbclid=z",
        "https://example.org/a/b\u200f",
        "https://example.org/%61/b",
        "See https://example.org/a/b, and below.",
        "(https://example.org/a/b)",
    ],
)
def test_an_address_is_the_same_however_it_is_reached(written: str) -> None:
    assert address_key(written) == "example.org/a/b"


@pytest.mark.parametrize(
    "one, other",
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a", "https://example.org/a?page=2"),
        ("https://example.org/a", "https://example.com/a"),
    ],
)
def test_what_may_be_another_page_stays_apart(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


def test_a_host_in_its_own_script_is_the_same_as_in_latin_letters() -> None:
    assert address_key("https://bücher.example/أ") == address_key("https://xn--bcher-kva.example/%D8%A3")


@pytest.mark.parametrize("text", ["", "no address", "S/2008/392", "https://", "https://[", "a.b c"])
def test_what_is_no_address_has_no_key(text: str) -> None:
    assert address_key(text) == ""


@given(st.text(max_size=60), st.sampled_from(["", "https://", "10.1177/", "S/RES/", "978-0-"]))
def test_any_text_is_read_and_what_was_found_is_found_again(text: str, start: str) -> None:
    for read in (doi, un_symbol, isbn):
        found = read(start + text)
        assert read(found) == found
    address_key(start + text)
