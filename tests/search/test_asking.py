"""What is read from the search box."""

from dataclasses import replace

import pytest

from search.asking import read
from search.queries import MAX_WORDS


@pytest.mark.parametrize(
    "typed, words, phrases, without",
    [
        ("Arab League", [("arab",), ("leagu",)], [], []),
        ('"Arab League"', [], [("arab", "leagu")], []),
        ("«cessez-le-feu» Liban", [("liban",)], [("cesez", "feu")], []),
        ("“هدنة إنسانية”", [], [("هدن", "انس")], []),
        ("truce -yemen", [("truc",)], [], [("yemen",)]),
        ('truce -"Arab League"', [("truc",)], [], [("arab", "leagu")]),
        ("cease-fire", [("ceas", "ceasefir"), ("fir", "ceasefir")], [], []),
        ("l'accord", [("accord",)], [], []),
        ("Sana'a", [("sanaa",)], [], []),
        ("PA-X", [("pa",)], [], []),
        ("هدنتين", [("هدنت", "هدن", "لهدنت")], [], []),
        ("صنعا", [("صنع", "صنعاء", "لصنع")], [], []),
        ("UNEF 2", [("unef",), ("2", "ii")], [], []),
        ("Sinai II", [("sina",), ("ii", "2")], [], []),
        ("truce TRUCE trucé", [("truc",)], [], []),
        ('"', [], [], []),
        ('"" - -- ""', [], [], []),
        ("-yemen", [], [], [("yemen",)]),
    ],
)
def test_words_phrases_and_what_is_left_out(typed: str, words: list, phrases: list, without: list) -> None:
    asked = read(typed)

    assert [one.stems for one in asked.words] == words
    assert [*asked.phrases] == phrases
    assert [*asked.without] == without
    assert bool(asked) == bool(words or phrases)


@pytest.mark.parametrize("typed", ["", " ", "the of", "\u202e\u2066", "🕊🕊", "«»", "و", "?!"])
def test_nothing_is_asked_by_what_says_nothing(typed: str) -> None:
    assert not read(typed)


def test_of_a_flood_of_words_the_first_are_read() -> None:
    asked = read(" ".join(f"w{number}" for number in range(5000)))

    assert len(asked.words) == MAX_WORDS


@pytest.mark.parametrize(
    "typed, passed_over",
    [
        ("the truce of Yemen", ("the", "of")),
        ("AU", ("AU",)),
        ("S/RES/2586", ()),
        ("? truce !", ()),
        (" ".join(f"w{number}" for number in range(MAX_WORDS + 2)), ("w20", "w21")),
    ],
    ids=["common words", "an abbreviation", "letters in a symbol", "signs", "too many"],
)
def test_what_is_passed_over_is_known(typed: str, passed_over: tuple[str, ...]) -> None:
    assert read(typed).passed_over == passed_over


def test_other_spellings_can_be_left_again() -> None:
    asked = read("hodeidah")
    [word] = asked.words
    wider = asked.instead({word.folded: replace(word, also=("hudaydah",))})

    assert wider.is_widened
    assert "hudaydah" in wider.wanted
    assert wider.as_typed == asked
