"""A number is understood as people write it, or refused with what they wrote; never emptied."""

from contextlib import suppress
from decimal import Decimal

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from publishing.fields.number_fields import (
    NotANumber,
    NumberField,
    WholeNumberField,
    read_decimal,
    read_whole,
)


class Numbers(forms.Form):
    killed = WholeNumberField(required=False, min_value=0)
    latitude = NumberField(required=False, max_digits=7, decimal_places=4)


@pytest.mark.parametrize(
    "typed, number",
    [
        ("12", 12), ("١٢", 12), ("۱۲", 12), (" 12\u200f", 12), ("1,250", 1250), ("1.250", 1250), ("1 250", 1250),
        ("1\u202f250", 1250), ("1\u00a0250", 1250), ("١٬٢٥٠", 1250), ("1’250", 1250), ("1,250,000", 1250000), ("-3", -3),
        ("−3", -3), ("0", 0), ("007", 7),
    ],
)  # fmt: skip
def test_a_whole_number_is_read_however_it_is_written(typed: str, number: int) -> None:
    assert read_whole(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["", "x", "1.5", "2,5", "12,50", "1,25,000", "1.250,000", "12 dead", "1e3", "½", "9" * 50, "²", "--1"],
)
def test_what_is_no_whole_number_is_none(typed: str) -> None:
    with pytest.raises(NotANumber):
        read_whole(typed)


@pytest.mark.parametrize(
    "typed, places, number",
    [
        ("2,5", 2, "2.5"), ("2.5", 2, "2.5"), ("٢٫٥", 2, "2.5"), ("33,89", 4, "33.89"), ("33.8950", 4, "33.8950"),
        ("33,895", 4, "33.895"), ("-33,895", 4, "-33.895"), ("1,250", 2, "1250"), ("1.250", 2, "1250"),
        ("1,250.50", 2, "1250.50"), ("1.250,50", 2, "1250.50"), ("1 250,50", 2, "1250.50"), ("١٬٢٥٠٫٥", 2, "1250.5"),
        ("1٫250", 2, "1.250"), ("0.250", 2, "0.250"), ("1.250.000", 4, "1250000"), (".5", 2, "0.5"), ("1250", 2, "1250"),
    ],
)  # fmt: skip
def test_a_number_with_decimals_is_read_however_it_is_written(typed: str, places: int, number: str) -> None:
    assert read_decimal(typed, places) == Decimal(number)


@pytest.mark.parametrize("typed", ["", "x", "1,2,3", "1.2.3", "1,25.000,5", "NaN", "Infinity", "1e3", "1_0"])
def test_what_is_no_number_is_none(typed: str) -> None:
    with pytest.raises(NotANumber):
        read_decimal(typed, 2)


def test_what_is_no_number_stays_in_its_box_with_a_message() -> None:
    form = Numbers({"killed": "about 12", "latitude": "33° 53'"})

    assert "about 12" in form.errors["killed"][0]
    assert {*form.errors} == {"killed", "latitude"}
    assert 'value="about 12"' in str(form["killed"])


def test_numbers_have_boxes_for_text_with_the_keys_of_numbers() -> None:
    form = Numbers()

    assert 'type="text"' in str(form["killed"])
    assert 'inputmode="numeric"' in str(form["killed"])
    assert 'inputmode="decimal"' in str(form["latitude"])


def test_a_number_that_was_written_otherwise_is_echoed() -> None:
    form = Numbers({"killed": "1,250", "latitude": "33.8950"})

    assert "1250" in form["killed"].help_text
    assert form["latitude"].help_text == ""


def test_the_same_number_written_otherwise_is_no_change() -> None:
    form = Numbers(
        {"killed": "١٢", "latitude": "33,8950"}, initial={"killed": 12, "latitude": Decimal("33.8950")}
    )

    assert not form.has_changed()


def test_a_number_has_as_many_decimals_as_its_column() -> None:
    assert {*Numbers({"latitude": "33,89501"}).errors} == {"latitude"}
    assert {*Numbers({"killed": "-1"}).errors} == {"killed"}


@given(st.integers(-(10**12), 10**12), st.sampled_from(["", ",", ".", " ", "\u202f", "٬"]))
def test_every_whole_number_is_read_with_its_thousands_parted(number: int, mark: str) -> None:
    assert read_whole(f"{number:,}".replace(",", mark)) == number


@given(st.text(max_size=50))
def test_any_text_is_a_number_or_none(text: str) -> None:
    for read in (read_whole, lambda it: read_decimal(it, 2)):
        with suppress(NotANumber):
            read(text)
