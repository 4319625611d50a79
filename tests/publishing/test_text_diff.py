"""What a text lost and gained, word by word: nothing gets lost in the telling, and it is told soon."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publishing.comparison import Stretch, compared
from publishing.comparison.words import CONTEXT, Stays

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
# Two seconds are generous: the tests run beside others.
SLOW = 2.0


def told(stretches: tuple[Stretch, ...], *hows: Stays) -> str:
    """The pieces of these kinds, put together."""
    return "".join(one.text for one in stretches if one.how in hows)


def old_of(stretches: tuple[Stretch, ...]) -> str:
    return told(stretches, Stays.KEPT, Stays.FOLDED, Stays.TAKEN_OUT)


def new_of(stretches: tuple[Stretch, ...]) -> str:
    return told(stretches, Stays.KEPT, Stays.FOLDED, Stays.PUT_IN)


def pieces(old: str, new: str) -> list[tuple[str, str]]:
    """Each stretch as its kind and its text."""
    return [(one.how.value, one.text) for one in compared(old, new)]


@given(TEXTS, TEXTS)
@example(LONG, LONG.replace("word-100", "another"))
@example("", LONG)
@example("\n", " ")
def test_the_pieces_together_are_the_old_text_and_the_new(old: str, new: str) -> None:
    stretches = compared(old, new)

    assert (old_of(stretches), new_of(stretches)) == (old, new)


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_same_holds_for_any_characters(old: str, new: str) -> None:
    stretches = compared(old, new)

    assert (old_of(stretches), new_of(stretches)) == (old, new)


@given(TEXTS, TEXTS)
def test_no_piece_is_empty_and_each_is_parted_into_what_it_is_made_of(old: str, new: str) -> None:
    for one in compared(old, new):
        assert one.text
        assert "".join(one.in_three) == one.text


@given(TEXTS)
def test_a_text_that_stays_lost_and_gained_nothing(text: str) -> None:
    assert told(compared(text, text), Stays.TAKEN_OUT, Stays.PUT_IN) == ""


def test_words_change_and_not_letters() -> None:
    assert pieces("The truce was declared here", "The truce is declared here") == [
        ("kept", "The truce "), ("taken_out", "was "), ("put_in", "is "), ("kept", "declared here"),
    ]  # fmt: skip


def test_an_arabic_word_with_its_article_marks_and_conjunction_is_one_word() -> None:
    assert pieces("وقّع الطرفان الهُدْنَة في جنيف", "وقّع الطرفان والهُدْنَة في جنيف") == [
        ("kept", "وقّع الطرفان "), ("taken_out", "الهُدْنَة "), ("put_in", "والهُدْنَة "), ("kept", "في جنيف"),
    ]  # fmt: skip


def test_only_the_vowel_marks_changed_and_the_whole_word_is_shown() -> None:
    changed = [text for how, text in pieces("كتب الهدنة أمس", "كتب الهُدنة أمس") if how != "kept"]

    assert changed == ["الهدنة ", "الهُدنة "]


def test_what_was_only_added_takes_nothing_out() -> None:
    assert pieces("The truce holds", "The truce still holds") == [
        ("kept", "The truce "), ("put_in", "still "), ("kept", "holds"),
    ]  # fmt: skip


def test_a_short_word_between_two_rewritten_stretches_is_part_of_them() -> None:
    assert pieces("one two of three four", "five six of seven eight") == [
        ("taken_out", "one two of three four"), ("put_in", "five six of seven eight"),
    ]  # fmt: skip


def test_a_changed_space_is_seen_although_it_has_no_word() -> None:
    taken, put = (one for one in compared("one two", "one\ntwo") if one.how != Stays.KEPT)

    assert (taken.text, put.text) == (" ", "\n")
    assert taken.is_blank
    assert put.is_blank


def test_far_from_a_change_a_long_text_is_folded_and_says_how_much() -> None:
    stretches = compared(LONG, LONG.replace("word-100", "another"))

    folded = [one for one in stretches if one.how == Stays.FOLDED]
    kept = [one for one in stretches if one.how == Stays.KEPT]
    assert [one.words for one in folded] == [100 - CONTEXT, 99 - CONTEXT]
    assert [one.words for one in kept] == [CONTEXT, CONTEXT]
    assert kept[0].text.split()[-1] == "word-99"
    assert kept[1].text.split()[0] == "word-101"


def test_between_two_changes_that_are_near_nothing_is_folded() -> None:
    new = LONG.replace("word-90 ", "first ").replace("word-110 ", "second ")

    assert [one.how.value for one in compared(LONG, new)] == [
        "folded", "kept", "taken_out", "put_in", "kept", "taken_out", "put_in", "kept", "folded",
    ]  # fmt: skip


HARD = {
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


@pytest.mark.parametrize("old, new", HARD.values(), ids=HARD)
def test_what_is_hard_to_compare_is_compared_soon(old: str, new: str) -> None:
    begun = time.process_time()
    stretches = compared(old, new)
    took = time.process_time() - begun

    assert took < SLOW
    assert (old_of(stretches), new_of(stretches)) == (old, new)
