"""Which word is meant by a misspelt one, and which spellings are of one name."""

import pytest

from search.folding import folded, joined
from search.skeletons import (
    completes,
    in_order_of_likeness,
    is_respelled,
    nearest,
    skeleton,
    slips_allowed,
    sounds_just_like,
)

SOUND_ALIKE = [
    "Hudaydah Hodeidah Hodeida Hudayda الحديدة",
    "Hezbollah Hizbullah Hizballah",
    "Gaddafi Qadhafi Kadhafi القذافي",
    "Khartoum Khartum الخرطوم",
    "Darfur Darfour دارفور",
    "sulh soulh solh صلح",
    "Mossoul Mosul الموصل",
    "Tajikistan Tadjikistan",
    "wasata wassata وساطة",
]
KNOWN = [
    "hezbollah",
    "houthis",
    "hudna",
    "guarantor",
    "mediator",
    "monitor",
    "monitoring",
    "rebel",
    "qatar",
    "kuwait",
    "قطر",
    "هدنه",
    "صلح",
    "فلسطين",
    "لبنان",
]


@pytest.mark.parametrize("spellings", SOUND_ALIKE)
def test_spellings_of_a_name_sound_alike(spellings: str) -> None:
    assert len({skeleton(joined(one)) for one in spellings.split()}) == 1


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("hezbolah", "hezbollah"),
        ("guarentor", "guarantor"),
        ("mediatior", "mediator"),
        ("qattar", "qatar"),
        ("قطير", "قطر"),
        ("فلصطين", "فلسطين"),
        ("هدنتة", "هدنه"),
        ("houtis", "houthis"),
    ],
)
def test_the_nearest_word_is_meant(typed: str, meant: str) -> None:
    assert nearest(folded(typed), KNOWN)[0] == meant


@pytest.mark.parametrize(
    "typed", ["zzqqxx", "ab", "xylophone", "كتاب", "", "mtr", "1701", "erbil", "moudouaeitouaer"]
)
def test_nothing_near_is_no_word(typed: str) -> None:
    assert nearest(folded(typed), KNOWN) == []


@pytest.mark.parametrize(
    "one, other, is_one_name",
    [
        ("hodeidah", "hudaydah", True),
        ("organization", "organisation", True),
        ("karabakh", "karabagh", True),
        ("mali", "mole", False),
        ("agreement", "argument", False),
        ("erbil", "rebel", False),
        ("salam", "islam", False),
        ("salam", "slm", False),
    ],
)
def test_respelled_names_are_told_from_other_words(one: str, other: str, is_one_name: bool) -> None:
    assert is_respelled(one, other) is is_one_name


@pytest.mark.parametrize(
    "word, allowed",
    [("un", 0), ("oic", 0), ("mali", 1), ("yemen", 1), ("hizbul", 2), ("reconciliation", 3), ("2586", 0)],
)
def test_so_many_letters_may_be_wrong(word: str, allowed: int) -> None:
    assert slips_allowed(word) == allowed


def test_an_article_makes_no_word_longer() -> None:
    assert slips_allowed("القبعات") == slips_allowed("قبعات") == 1


@pytest.mark.parametrize(
    "typed, word, is_enough",
    [
        ("hezb", "hezbollah", True),
        ("mal", "mali", True),
        ("me", "mediation", False),
        ("med", "mediation", False),
    ],
)
def test_a_beginning_is_taken_for_the_word_where_it_is_long_enough(
    typed: str, word: str, is_enough: bool
) -> None:
    assert completes(typed, word) is is_enough


@pytest.mark.parametrize(
    "one, other, is_alike",
    [
        ("taif", "taef", True),
        ("huthees", "houthis", True),
        ("karabach", "karabakh", True),
        ("hodeidah", "hodeida", True),
        ("tchad", "chad", True),
        ("الصودان", "السودان", True),
        ("فلصطين", "فلسطين", True),
        ("صور", "سور", False),
        ("truce", "trace", False),
        ("huthees", "hotes", False),
        ("chad", "shad", False),
        ("mali", "malawi", False),
    ],
)
def test_what_is_read_aloud_alike_is_one_name(one: str, other: str, is_alike: bool) -> None:
    assert sounds_just_like(folded(one), folded(other)) is is_alike


def test_what_sounds_just_like_a_word_keeps_out_what_only_looks_like_it() -> None:
    assert in_order_of_likeness("huthees", {"hotes": 1, "houthis": 2}) == [2]
    assert in_order_of_likeness("huthees", {"hotes": 1}) == [1]


def test_of_thousands_of_words_the_sound_of_a_few_alone_is_worked_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard = []

    def watched(word: str) -> str:
        heard.append(word)
        return skeleton(word)

    monkeypatch.setattr("search.skeletons.skeleton", watched)
    others = [f"{first}{second}lbax" for first in "bdfgklmnprst" for second in "aeiou" for _one in range(40)]

    assert nearest("hezbolah", [*others, "hezbollah"], ["hizbullah"]) == ["hezbollah"]
    assert len(heard) < 10


def test_what_sounds_alike_is_found_beyond_the_letters_that_may_be_wrong() -> None:
    assert nearest("hudaydah", ["helsinki"], ["hodeidah"]) == ["hodeidah"]
    assert nearest("hudaydah", ["helsinki"]) == []
    # Nearer than by its letters alone, and named once.
    assert nearest("hodeida", ["hodeidah", "hodeids"], ["hodeidah"]) == ["hodeidah"]
