"""Large amounts are written as people say them, and in digits where words would hide some."""

import pytest
from django.utils.translation import override

from publishing.numbers import in_large_units


@pytest.mark.parametrize(
    "value, said",
    [
        ("30000000000", "30 billion"),
        ("1500000000", "1.5 billion"),
        ("2530000000", "2.53 billion"),
        ("1000000000000", "1,000 billion"),
        ("87000000.00", "87 million"),
        ("15500000", "15.5 million"),
        ("999990000", "999.99 million"),
        ("1000000", "1 million"),
        ("1234567", "1,234,567"),
        ("1000000000.01", "1,000,000,000.01"),
        ("999999", "999,999"),
        ("0", "0"),
    ],
)
def test_in_as_few_words_as_say_all_of_it(value: str, said: str) -> None:
    with override("en"):
        assert in_large_units(value) == said


@pytest.mark.parametrize(
    "language, value, said",
    [
        ("fr", "1500000", "1,5 million"),
        ("fr", "2500000", "2,5 millions"),
        ("fr", "2000000000", "2 milliards"),
        ("ar", "1000000", "مليون"),
        ("ar", "1500000", "1.5 مليون"),
        ("ar", "2000000000", "مليارا"),
        ("ar", "5000000", "5 ملايين"),
    ],
)
def test_with_the_form_that_the_language_has_for_the_number(language: str, value: str, said: str) -> None:
    with override(language):
        assert in_large_units(value).replace("\u00a0", " ") == said
