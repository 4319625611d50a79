"""Agreements, funds and bodies are known by the initials of their names, also in part."""

import pytest

from search.initials import initials_of


@pytest.mark.parametrize(
    "name, short",
    [
        ("Philippines: Bangsamoro Normalization Trust Fund, from 2021", ["bnt", "bntf"]),
        ("Comprehensive Agreement on the Bangsamoro", ["cab"]),
        ("National Solidarity Programme of the Government and many others", ["nsp", "nspg"]),
        ("Soudan : Accord de paix global, 2005", ["apg"]),
        ("Mission de l’Organisation des Nations Unies", ["mon", "monu"]),
        ("One Two Three Four Five Six Seven", ["ott", "ottf", "ottff", "ottffs"]),
        ("Libya: permanent ceasefire of October 2020", []),
        ("Taif Agreement", []),
        ("اتفاق السلام الشامل في السودان", []),
        ("5+5 Joint Commission", []),
        ("", []),
    ],
)
def test_a_name_in_short(name: str, short: list[str]) -> None:
    assert initials_of(name) == short
