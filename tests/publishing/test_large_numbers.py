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
