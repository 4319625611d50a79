"""Which word is meant by a misspelt one, and which spellings are of one name."""

import pytest

from search.folding import folded, joined
from search.skeletons import is_respelled, nearest, skeleton

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


@pytest.mark.parametrize("typed", ["zzqqxx", "ab", "xylophone", "كتاب", ""])
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
    ],
)
def test_respelled_names_are_told_from_other_words(one: str, other: str, is_one_name: bool) -> None:
    assert is_respelled(one, other) is is_one_name
