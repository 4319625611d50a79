"""Numbers as people write them: digits of several scripts, thousands parted, a point or a comma."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from publishing.fields.clean_text import DIGITS, clean_code
from publishing.fields.form_fields import EchoField

MAX_LENGTH = 40
SIGNS = {ord("−"): "-", ord("–"): "-", ord("‐"): "-"}
# What parts thousands and nothing else.
APART = re.compile("[ \u00a0\u2009\u202f'’٬_]")
GROUPED = re.compile(r"[0-9]{1,3}(?:(?P<mark>[.,])[0-9]{3})(?:(?P=mark)[0-9]{3})*")
GROUPED_BY_SPACES = re.compile(rf"[0-9]{{1,3}}(?:{APART.pattern}[0-9]{{3}})+")


class NotANumber(ValueError):
    """Nobody could tell which number is meant."""


def read_whole(text: str) -> int:
    """The whole number; a point or comma in it can only part thousands. Raises NotANumber."""
    sign, digits = _sign_and_digits(text)
    if GROUPED.fullmatch(digits):
        digits = re.sub("[.,]", "", digits)
    if not re.fullmatch("[0-9]+", digits):
        raise NotANumber(text)
    return int(sign + digits)


def read_decimal(text: str, places: int) -> Decimal:
    """The number; "1,234" is one and a bit only where so many places fit. Raises NotANumber."""
    sign, digits = _sign_and_digits(text)
    digits = _with_a_point(digits, places)
    if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+", digits):
        raise NotANumber(text)
    return Decimal(sign + digits)


def _sign_and_digits(text: str) -> tuple[str, str]:
    """Plain digits, without the spaces and marks that part three of them each."""
    if len(text) > MAX_LENGTH:
        raise NotANumber(text)
    spaced = re.sub(r"\s+", " ", text.strip())
    plain = clean_code(spaced).translate({**DIGITS, **SIGNS})
    sign = "-" if plain.startswith("-") else ""
    plain = plain.removeprefix(sign).removeprefix("+").strip()
    whole, point, rest = _parted(plain)
    if APART.search(whole):
        if not GROUPED_BY_SPACES.fullmatch(whole):
            raise NotANumber(text)
        whole = APART.sub("", whole)
    return sign, f"{whole}{point}{rest}"


def _parted(plain: str) -> tuple[str, str, str]:
    """Before the last point or comma, that, and behind it."""
    found = re.search("[.,٫](?=[^.,٫]*$)", plain)
    return (plain[: found.start()], found.group(), plain[found.end() :]) if found else (plain, "", "")


def _with_a_point(digits: str, places: int) -> str:
    """The digits with a point before the decimals, and nothing between thousands."""
    whole, point, rest = _parted(digits)
    if not point:
        return digits
    if whole != "0" and GROUPED.fullmatch(digits) and (point in whole or places < len("234")):
        return re.sub("[.,]", "", digits)
    if re.search("[.,]", whole):
        if point in whole or not GROUPED.fullmatch(whole):
            return ""
        whole = re.sub("[.,]", "", whole)
    return f"{whole}.{rest}"


class WholeNumberField(EchoField, forms.IntegerField):
    """A whole number in a box for text, which keeps what was typed where it is none."""

    default_error_messages = {"invalid": _("“%(typed)s” is not a whole number. Write digits alone: 1250.")}

    def __init__(self, **options: Any) -> None:
        options["widget"] = _text_box(options.get("widget"), "numeric")
        super().__init__(**options)

    def in_words(self, typed: str) -> str:
        """The number, where it was written otherwise."""
        return _unless_typed(self.to_python(typed), typed)

    def to_python(self, value: Any) -> int | None:
        """The number, or None for nothing."""
        return _read(self, value, read_whole)


class NumberField(EchoField, forms.DecimalField):
    """A number with decimals in a box for text, which keeps what was typed where it is none."""

    default_error_messages = {"invalid": _("“%(typed)s” is not a number. Write it like this: 1250.5.")}

    def __init__(self, **options: Any) -> None:
        options["widget"] = _text_box(options.get("widget"), "decimal")
        super().__init__(**options)

    def in_words(self, typed: str) -> str:
        """The number, where it was written otherwise."""
        return _unless_typed(self.to_python(typed), typed)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The number, or None for nothing."""
        return _read(self, value, lambda text: read_decimal(text, self.decimal_places or 0))


def _text_box(given: Any, inputmode: str) -> forms.Widget:
    """The given box, where it is one for text or a hidden one, or else one for text."""
    widget = given() if isinstance(given, type) else given
    if isinstance(widget, forms.HiddenInput):
        return widget
    kept = {
        name: value for name, value in getattr(widget, "attrs", {}).items() if name not in {"step", "type"}
    }
    return forms.TextInput(attrs={**kept, "inputmode": inputmode, "dir": "ltr", "autocomplete": "off"})


def _read(field: forms.Field, value: Any, read: Any) -> Any:
    if value in field.empty_values or not isinstance(value, str):
        return None if value in field.empty_values else value
    if not clean_code(value):
        return None
    try:
        return read(value)
    except NotANumber as error:
        params = {"typed": value.strip()[:MAX_LENGTH]}
        raise ValidationError(field.error_messages["invalid"], code="invalid", params=params) from error


def _unless_typed(value: Any, typed: str) -> str:
    return (
        ""
        if value is None or str(value) == typed.strip()
        else f"{value:f}"
        if isinstance(value, Decimal)
        else str(value)
    )
