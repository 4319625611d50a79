"""Boxes for a whole day and for a time of one, read as people write them."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from publishing.fields.clean_text import DIGITS, clean_code
from publishing.fields.form_fields import EchoField
from publishing.fields.partial_dates import PartialDateFormField


class DayField(EchoField, forms.DateField):
    """A day of which day, month and year are known."""

    default_error_messages = {"whole": _("Write the day, the month and the year.")}

    def in_words(self, typed: str) -> str:
        """The day that was understood."""
        return PartialDateFormField(required=False).in_words(typed)

    def to_python(self, value: Any) -> datetime.date | None:
        """The day, or None for nothing."""
        if not isinstance(value, str):
            return super().to_python(value)
        date = PartialDateFormField(required=False).to_python(value)
        if date is None:
            return None
        if date.precision != "day":
            raise ValidationError(self.error_messages["whole"], code="whole")
        return date.earliest


class TimeBox(forms.TimeField):
    """A time of the day, in any digits."""

    def to_python(self, value: Any) -> datetime.time | None:
        """The time, or None for nothing."""
        return super().to_python(clean_code(value).translate(DIGITS) if isinstance(value, str) else value)


class MomentField(forms.SplitDateTimeField):
    """A day and a time of it, in two boxes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.fields = (DayField(required=False), TimeBox(required=False))
