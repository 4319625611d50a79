"""What was typed is a name of an entry that has it in its texts, where it is one of its names in short or respelled."""

import pytest

from search.asking import read
from search.folding import folded
from search.said_otherwise import said_otherwise
from search.stemming import stems


def names(typed: str, *called: str, text: str) -> list[str]:
    """Further names of an entry that is called so and says that."""
    return said_otherwise([folded(one) for one in called], f" {' '.join(stems(text))} ", read(typed).words)


@pytest.mark.parametrize(
    "typed, called, text, found",
    [
        ("CPA", "Sudan: Comprehensive Peace Agreement", "the CPA", ["sudan cpa", "cpa"]),
        ("APG", "Accord de paix global", "l’APG", ["apg"]),
        ("Cpa Sudan", "Sudan: Comprehensive Peace Agreement", "the CPA", ["sudan cpa", "cpa"]),
        ("كشمير", "Kashmir 2021", "في كشمير", ["كشمير 2021"]),
        ("Kashmir", "كشمير", "of Kashmir", ["kashmir"]),
        ("قره باغ", "ناغورني كاراباخ", "قره باغ", ["ناغورني قره باغ"]),
    ],
)
def test_what_is_typed_takes_the_place_of_a_part_of_the_name(
    typed: str, called: str, text: str, found: list[str]
) -> None:
    assert names(typed, called, text=text) == found


@pytest.mark.parametrize(
    "typed, called, text",
    [
        ("CPA", "Comprehensive Peace Agreement", "a treaty"),
        ("CP", "Comprehensive Peace Agreement", "the CP"),
        ("CPA", "Comprehensive Peace and Justice Agreement", "the CPA"),
        ("CPA", "CPA: Comprehensive Peace Agreement", "the CPA"),
        ("128", "1 2 8", "128"),
        ("trace", "truce", "a trace"),
        ("قبر", "Kabr", "قصة أخرى"),
        ("ها", "Ha", "ها"),
        ("Ja Wa", "java", "ja wa"),
    ],
    ids=[
        "no text says so",
        "too short",
        "not its words",
        "it is called so",
        "a number",
        "another word of the same script",
        "no text says so in that script",
        "too few consonants",
        "too few consonants of two words",
    ],
)
def test_nothing_is_taken_for_a_name_that_only_looks_like_one(typed: str, called: str, text: str) -> None:
    assert names(typed, called, text=text) == []
