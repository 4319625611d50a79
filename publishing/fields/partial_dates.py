"""Dates whose day or month may be unknown; an unknown part is never invented."""

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import dates
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from publishing.fields.clean_text import DIGITS, clean_line
from publishing.fields.form_fields import EchoField
from publishing.fields.written_dates import (
    ARABIC_MONTHS,
    MAX_LENGTH,
    SOLAR_OFFSET,
    SOLAR_YEARS,
    NoSuchDay,
    NotADate,
    WrittenDate,
    of_lunar_calendar,
    read_date,
)
from publishing.languages import active_language, direction, join_list

PATTERN = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?", re.ASCII)


@dataclass(frozen=True, order=True)
class PartialDate:
    """A year, a month of a year, or a day; month and day are None where unknown.

    Two dates compare by their text (2008 < 2008-05 < 2008-05-15), which is also the order
    in which the database sorts them.
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse "2008", "2008-05" or "2008-05-15", in Latin, Arabic or Persian digits; raises ValueError."""
        match = PATTERN.fullmatch(text.strip().translate(DIGITS))
        if match is None:
            raise ValueError(f"not a date: {text!r}")
        year, *rest = (int(part) for part in match.groups() if part)
        datetime.date(year, *[*rest, 1, 1][:2])
        return cls("-".join([f"{year:04}", *(f"{part:02}" for part in rest)]))

    @classmethod
    def of(cls, day: datetime.date) -> Self:
        """The date of a known day."""
        return cls(day.isoformat())

    @property
    def parts(self) -> tuple[int, int | None, int | None]:
        """Year, month and day."""
        year, month, day = (*map(int, self.text.split("-")), None, None)[:3]
        return year or 0, month, day

    @property
    def precision(self) -> str:
        """How precise the date is: "year", "month" or "day"."""
        return {4: "year", 7: "month", 10: "day"}[len(self.text)]

    @property
    def earliest(self) -> datetime.date:
        """The first day that the date may be."""
        year, month, day = self.parts
        return datetime.date(year, month or 1, day or 1)

    @property
    def latest(self) -> datetime.date:
        """The last day that the date may be."""
        year, month, day = self.parts
        last_month = month or 12
        return datetime.date(year, last_month, day or calendar.monthrange(year, last_month)[1])

    def in_words(self, language: str | None = None) -> str:
        """The date in words of the language, by default the active one: "May 2008", "1er mai 2008"."""
        language = language or active_language()
        year, month, day = self.parts
        if month is None:
            return str(year)
        name = _name_of_month(month, language)
        if day is None:
            return f"{name} {year}"
        first_of_month = "1er" if language == "fr" and day == 1 else str(day)
        return f"{first_of_month} {name} {year}"

    def __str__(self) -> str:
        """The ISO 8601 text at its precision."""
        return self.text


@cache
def _name_of_month(month: int, language: str) -> str:
    """A page has a hundred of them, and to speak in a language takes longer than to know its months."""
    if language == "ar":
        return ARABIC_MONTHS[month - 1]
    with override(language):
        return str(dates.MONTHS[month])


class PartialDateFormField(EchoField, forms.CharField):
    """Reads a partial date as people write it, and says how it may be written and what was understood."""

    default_error_messages = {
        "date": _("“%(typed)s” is not understood as a date. Write it like this: %(examples)s."),
        "no_day": _("There is no such day in the calendar: “%(typed)s”."),
        "hijri": _(
            "“%(typed)s” looks like a date of the Hijri calendar. Did you mean %(gregorian)s? Write the date "
            "of the Gregorian calendar. If it is one, add CE to the year."
        ),
        "far": _(
            "%(date)s is centuries away from the other dates here. If the year is right, add CE to it: "
            "%(year)s CE."
        ),
    }

    def __init__(self, **options: Any) -> None:
        options.pop("max_length", None)
        super().__init__(**options)
        self.widget.attrs.update({"dir": "auto", "size": 24, "autocomplete": "off"})

    def hint(self) -> str:
        """How a date is written, in the language of the page."""
        return _("For instance: %(examples)s.") % {"examples": examples()}

    def in_words(self, typed: str) -> str:
        """The date that was understood; nothing where it was typed in those words, or as it is stored."""
        date = self.to_python(typed)
        words = "" if date is None or date.text == typed else date.in_words()
        return "" if words == typed else words

    def to_python(self, value: Any) -> PartialDate | None:  # type: ignore[override]
        """A PartialDate, or None for nothing."""
        if isinstance(value, PartialDate):
            return value
        typed = clean_line(super().to_python(value) or "")
        if not typed:
            return None
        try:
            read = read_date(typed)
            date = PartialDate(read.text)
        except NotADate as error:
            raise self._error("date", typed, examples=examples()) from error
        except NoSuchDay as error:
            raise self._error("no_day", typed) from error
        if read.may_be_hijri:
            raise self._error("hijri", typed, gregorian=_gregorian(read))
        return date

    def _error(self, code: str, typed: str, **params: str) -> ValidationError:
        params["typed"] = typed if len(typed) <= MAX_LENGTH else f"{typed[:MAX_LENGTH]}…"
        return ValidationError(self.error_messages[code], code=code, params=params)

    def run_validators(self, value: Any) -> None:
        """Nothing: `to_python` has checked length and characters."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the dates, not the texts that were typed."""
        if self.disabled:
            return False
        try:
            return (self.to_python(initial) or None) != (self.to_python(data) or None)
        except ValidationError:
            return True


def examples() -> str:
    """A day, a month and a year as the active language writes them, and a day as it is stored."""
    written = (PartialDate(text).in_words() for text in ("2022-10-03", "2022-10", "2022"))
    stored = "2022-10-03"
    if direction(active_language()) == "rtl":
        # Its three numbers would else stand in the opposite order.
        stored = f"\u2068{stored}\u2069"
    return join_list((*written, stored))


def _gregorian(read: WrittenDate) -> str:
    """What a Hijri date is in our calendar: of the lunar one, and where it may be, of the solar one."""
    lunar = of_lunar_calendar(read.year, min(read.month or 1, 12), min(read.day or 1, 30))
    known = PartialDate.of(lunar).text[: 10 if read.day else 7 if read.month else 4]
    meant = PartialDate(known).in_words()
    return f"{meant} / {read.year + SOLAR_OFFSET}" if read.year in SOLAR_YEARS else meant


class PartialDateField(models.CharField):
    """A column of ISO 8601 text at the known precision; NULL where the date is unknown."""

    description = "A date of which the day or month may be unknown"
    # For the type checker: the values are PartialDate or None, not text as in other CharFields.
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        options["max_length"] = 10
        options.setdefault("null", True)
        options.setdefault("blank", True)
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Leave out max_length, which is always the same; write null and blank: their defaults differ."""
        name, path, args, options = super().deconstruct()
        del options["max_length"]
        options["null"], options["blank"] = self.null, self.blank
        return name, path, args, options

    def db_check(self, connection: Any) -> str | None:
        """A check that the column holds a date of the calendar; 29 February is allowed in every year."""
        column = connection.ops.quote_name(self.column)
        if connection.vendor == "postgresql":
            return (
                f"{column} >= '0001' AND ({column} ~ '^[0-9]{{4}}(-(0[1-9]|1[0-2]))?$' OR "
                f"{column} ~ '^[0-9]{{4}}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
                f"|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$')"
            )
        year = "[0-9][0-9][0-9][0-9]"
        months = ("0[1-9]", "1[0-2]")
        days = (
            *((m, d) for m in ("0[13578]", "1[02]") for d in ("0[1-9]", "[12][0-9]", "3[01]")),
            *((m, d) for m in ("0[469]", "11") for d in ("0[1-9]", "[12][0-9]", "30")),
            *(("02", d) for d in ("0[1-9]", "[12][0-9]")),
        )
        shapes = [year, *(f"{year}-{m}" for m in months), *(f"{year}-{m}-{d}" for m, d in days)]
        fits = " OR ".join(f"{column} GLOB '{shape}'" for shape in shapes)
        return f"{column} >= '0001' AND ({fits})"

    def from_db_value(self, value: str | None, *_: Any) -> PartialDate | None:
        """The column's text as a PartialDate."""
        return PartialDate(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        """The value as a PartialDate; raises ValidationError for what is not a date."""
        if value in (None, "") or isinstance(value, PartialDate):
            return value or None
        try:
            return PartialDate.parse(str(value))
        except ValueError as error:
            message = PartialDateFormField.default_error_messages["date"]
            params = {"typed": str(value)[:MAX_LENGTH], "examples": examples()}
            raise ValidationError(message, code="date", params=params) from error

    def get_prep_value(self, value: Any) -> str | None:
        """The text to store; raises ValidationError for what is not a date."""
        if isinstance(value, str) and value:
            value = self.to_python(value)
        if isinstance(value, PartialDate):
            return value.text
        return super().get_prep_value(value) or None

    def value_to_string(self, obj: models.Model) -> str:
        """The ISO text, or ""."""
        return str(self.value_from_object(obj) or "")

    def run_validators(self, value: Any) -> None:
        """Nothing: `to_python` has checked everything."""

    def formfield(self, **options: Any) -> Any:
        """A PartialDateFormField."""
        return models.Field.formfield(self, **{"form_class": PartialDateFormField, **options})
