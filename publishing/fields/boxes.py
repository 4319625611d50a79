"""Which box a column gets in a form, at the desk and at the public door alike."""

from typing import Any

from django import forms
from django.db import models

from publishing.fields.clean_text import clean_code, clean_line, clean_prose
from publishing.fields.day_fields import DayField, MomentField
from publishing.fields.form_fields import AddressField, LineField, MailField, MultilineField, SlugBox
from publishing.fields.number_fields import NumberField, WholeNumberField
from publishing.fields.partial_dates import PartialDateField

# The first that the column is one of.
BOXES: tuple[tuple[type[models.Field], type[forms.Field]], ...] = (
    (models.SlugField, SlugBox),
    (models.URLField, AddressField),
    (models.EmailField, MailField),
    (models.CharField, LineField),
    (models.TextField, MultilineField),
    (models.IntegerField, WholeNumberField),
    (models.DecimalField, NumberField),
    (models.DateTimeField, MomentField),
    (models.DateField, DayField),
)
CODES = (models.SlugField, models.URLField, models.EmailField)


def box_options(column: Any) -> dict[str, Any]:
    """What `column.formfield` is told, so that the box keeps what was meant; nothing where it is no text."""
    if column.choices or isinstance(column, PartialDateField):
        return {}
    found = next((box for kind, box in BOXES if isinstance(column, kind)), None)
    return {"form_class": found} if found else {}


def clean(column: Any, text: str) -> str:
    """The text as the box of the column would keep it."""
    if isinstance(column, CODES):
        return clean_code(text)
    return clean_prose(text).strip() if isinstance(column, models.TextField) else clean_line(text)
