"""Numbers: those that people, browsers and addresses send, read strictly; and numbers as they are written."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext, npgettext

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


def in_large_units(value: Any) -> str:
    """A large number as people say it: 30 billion; in digits where that would need more than two decimals."""
    amount = Decimal(value)
    billions, millions = amount / 10**9, amount / 10**6
    if billions >= 1 and billions == round(billions, 2):
        return _of_unit(billions, _billions)
    if 1 <= millions < 1000 and millions == round(millions, 2):
        return _of_unit(millions, _millions)
    return written(value)


def _of_unit(number: Decimal, words: Callable[[int, bool], str]) -> str:
    is_whole = number == int(number)
    return words(int(number), is_whole) % {"number": written(number)}


def _billions(number: int, is_whole: bool) -> str:
    if is_whole:
        return ngettext("%(number)s billion", "%(number)s billion", number)
    # Translators: number is that before the decimals: 1 for “1.5 billion”.
    return npgettext("with decimals", "%(number)s billion", "%(number)s billion", number)


def _millions(number: int, is_whole: bool) -> str:
    if is_whole:
        return ngettext("%(number)s million", "%(number)s million", number)
    # Translators: number is that before the decimals: 1 for “1.5 million”.
    return npgettext("with decimals", "%(number)s million", "%(number)s million", number)
