"""Numbers: those that people, browsers and addresses send, read strictly; and numbers as they are written."""

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

NARROW_SPACE = "\u202f"


def parse_number(text: str, *, max_digits: int = 9) -> int | None:
    """The number that the text consists of: at most `max_digits` digits from 0 to 9; else None.

    Digits of other scripts, signs and spaces, which int() accepts, are refused.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= max_digits else None


def written(value: Any) -> str:
    """A number in the format of the language, with at most two decimals and without trailing zeros."""
    whole, _point, decimals = f"{Decimal(value):,.2f}".partition(".")
    decimals = decimals.rstrip("0")
    if get_language() == "fr":
        whole = whole.replace(",", NARROW_SPACE)
    return f"{whole}{',' if get_language() == 'fr' else '.'}{decimals}" if decimals else whole
