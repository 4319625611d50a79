"""The difference of two texts, word by word: complete, and in bounded time."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publishing.comparison import Segment, compare_texts
from publishing.comparison.text_diff import CONTEXT, SegmentStatus

WORDS = [
    "a",
    "the",
    "truce",
    "holds,",
    "هدنة",
    "الهُدْنَة",
    "«صلح»",
    "l’accord",
    "🕊️",
    "e\u0301tat",
    "2020",
    "\u200c",
]
SPACES = [" ", "  ", "\n", "\n\n", "\t", "\u00a0", " \n \n"]
TEXTS = st.lists(st.sampled_from(WORDS) | st.sampled_from(SPACES), max_size=60).map("".join)
LONG = " ".join(f"word-{number}" for number in range(200))
# Seconds; generous, since other tests run at the same time.
TIME_LIMIT = 2.0


def as_text(segments: tuple[Segment, ...], *statuses: SegmentStatus) -> str:
    """The text of all segments with one of these statuses."""
    return "".join(segment.text for segment in segments if segment.status in statuses)


def old_of(segments: tuple[Segment, ...]) -> str:
    return as_text(segments, SegmentStatus.UNCHANGED, SegmentStatus.FOLDED, SegmentStatus.REMOVED)


def new_of(segments: tuple[Segment, ...]) -> str:
    return as_text(segments, SegmentStatus.UNCHANGED, SegmentStatus.FOLDED, SegmentStatus.ADDED)


def pairs(old: str, new: str) -> list[tuple[str, str]]:
    """Each segment as its status and its text."""
    return [(segment.status.value, segment.text) for segment in compare_texts(old, new)]


@given(TEXTS, TEXTS)
@example(LONG, LONG.replace("word-100", "another"))
@example("", LONG)
@example("\n", " ")
def test_the_segments_together_are_the_old_text_and_the_new(old: str, new: str) -> None:
    segments = compare_texts(old, new)

    assert (old_of(segments), new_of(segments)) == (old, new)


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_same_holds_for_any_characters(old: str, new: str) -> None:
    segments = compare_texts(old, new)

    assert (old_of(segments), new_of(segments)) == (old, new)


@given(TEXTS, TEXTS)
def test_no_segment_is_empty_and_its_margins_are_part_of_it(old: str, new: str) -> None:
    for one in compare_texts(old, new):
        assert one.text
        assert "".join(one.text_with_margins) == one.text


@given(TEXTS)
def test_equal_texts_have_no_difference(text: str) -> None:
    assert as_text(compare_texts(text, text), SegmentStatus.REMOVED, SegmentStatus.ADDED) == ""


def test_words_change_and_not_letters() -> None:
    assert pairs("The truce was declared here", "The truce is declared here") == [
        ("unchanged", "The truce "), ("removed", "was "), ("added", "is "), ("unchanged", "declared here"),
    ]  # fmt: skip


def test_an_arabic_word_with_its_article_marks_and_conjunction_is_one_word() -> None:
    assert pairs("وقّع الطرفان الهُدْنَة في جنيف", "وقّع الطرفان والهُدْنَة في جنيف") == [
        ("unchanged", "وقّع الطرفان "), ("removed", "الهُدْنَة "), ("added", "والهُدْنَة "), ("unchanged", "في جنيف"),
    ]  # fmt: skip


def test_where_only_vowel_marks_changed_the_whole_word_is_shown() -> None:
    changed = [text for status, text in pairs("كتب الهدنة أمس", "كتب الهُدنة أمس") if status != "unchanged"]

    assert changed == ["الهدنة ", "الهُدنة "]


def test_where_words_were_only_added_nothing_is_removed() -> None:
    assert pairs("The truce holds", "The truce still holds") == [
        ("unchanged", "The truce "), ("added", "still "), ("unchanged", "holds"),
    ]  # fmt: skip


def test_a_short_word_between_two_rewritten_segments_is_part_of_them() -> None:
    assert pairs("one two of three four", "five six of seven eight") == [
        ("removed", "one two of three four"), ("added", "five six of seven eight"),
    ]  # fmt: skip


def test_a_changed_space_is_shown() -> None:
    removed, added = (
        one for one in compare_texts("one two", "one\ntwo") if one.status != SegmentStatus.UNCHANGED
    )

    assert (removed.text, added.text) == (" ", "\n")
    assert removed.is_blank
    assert added.is_blank


def test_far_from_a_change_a_long_text_is_folded_with_its_number_of_words() -> None:
    segments = compare_texts(LONG, LONG.replace("word-100", "another"))

    folded = [one for one in segments if one.status == SegmentStatus.FOLDED]
    unchanged = [one for one in segments if one.status == SegmentStatus.UNCHANGED]
    assert [one.words for one in folded] == [100 - CONTEXT, 99 - CONTEXT]
    assert [one.words for one in unchanged] == [CONTEXT, CONTEXT]
    assert unchanged[0].text.split()[-1] == "word-99"
    assert unchanged[1].text.split()[0] == "word-101"


def test_between_two_near_changes_nothing_is_folded() -> None:
    new = LONG.replace("word-90 ", "first ").replace("word-110 ", "second ")

    assert [segment.status.value for segment in compare_texts(LONG, new)] == [
        "folded", "unchanged", "removed", "added", "unchanged", "removed", "added", "unchanged", "folded",
    ]  # fmt: skip


HARD_CASES = {
    "the same word again and again": ("word " * 20_000, "word " * 19_999 + "other "),
    "few words, shuffled": ("a b c d " * 5_000, "d c b a " * 5_000),
    "rewritten from end to end": (
        " ".join(map(str, range(20_000))),
        " ".join(map(str, range(20_000, 40_000))),
    ),
    "paragraphs turned round": (
        "\n\n".join(map(str, range(5_000))),
        "\n\n".join(map(str, range(5_000, 0, -1))),
    ),
    "no word at all": (" " * 50_000, "\n" * 50_000),
    "one word without end": ("x" * 100_000, "y" * 100_000),
}


@pytest.mark.parametrize("old, new", HARD_CASES.values(), ids=HARD_CASES)
def test_texts_that_are_hard_to_compare_are_compared_in_time(old: str, new: str) -> None:
    started = time.process_time()
    segments = compare_texts(old, new)
    duration = time.process_time() - started

    assert duration < TIME_LIMIT
    assert (old_of(segments), new_of(segments)) == (old, new)
