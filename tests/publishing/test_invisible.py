"""Invisible characters: all that are refused are also reported to moderators."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.fields.invisible import LINES, REFUSED, VISIBLE, invisible_in, refused_in

ALL = [*map(chr, range(sys.maxunicode + 1))]


def test_all_that_is_refused_is_also_to_be_looked_at() -> None:
    assert [one for one in REFUSED - LINES if not invisible_in(one)] == []
    assert [one for one in REFUSED - LINES if not refused_in(one)] == []


def test_line_breaks_and_tabs_are_refused_in_short_texts_alone() -> None:
    assert refused_in("a\n\tb\r") == invisible_in("a\n\tb\r") == []
    assert refused_in("a\n\tb\r", but=()) == ["U+0009", "U+000A", "U+000D"]


def test_no_letter_number_or_sign_is_called_invisible_but_for_fillers() -> None:
    seen = [one for one in ALL if unicodedata.category(one)[0] in "LNPS"]

    assert [one for one in seen if invisible_in(one)] == [*"\u115f\u1160\u2800\u3164\uffa0"]


def test_format_marks_that_are_seen_are_those_before_or_over_a_number_or_word() -> None:
    assert {unicodedata.category(one) for one in VISIBLE} == {"Cf"}
    assert [one for one in VISIBLE if invisible_in(one) or refused_in(one)] == []


@pytest.mark.parametrize(
    "text, refused, invisible",
    [
        ("سنة \u0601 2020", [], []),
        ("الآية \u06dd 35", [], []),
        ("می\u200cشود", [], []),
        ("mod\u200cerator", [], ["U+200C"]),
        ("a\u200eb", [], ["U+200E"]),
        ("a\u202eb\u202e", ["U+202E"], ["U+202E"]),
        ("peace\u3164keeping", ["U+3164"], ["U+3164"]),
        ("a\ue000b", [], ["U+E000"]),
    ],
    ids=["sign of a year", "end of a verse", "Persian", "in Latin", "left to right", "override", "filler", "private"],
)  # fmt: skip
def test_what_is_refused_and_what_is_to_be_looked_at(
    text: str, refused: list[str], invisible: list[str]
) -> None:
    assert (refused_in(text), invisible_in(text)) == (refused, invisible)


@given(st.text())
def test_a_text_is_refused_for_nothing_that_is_not_also_shown(text: str) -> None:
    assert {*refused_in(text)} <= {*invisible_in(text)}
