"""Dates that are centuries away from those beside them, mistyped or of another calendar, are asked about."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from publishing.fields.partial_dates import PartialDate, PartialDateField, PartialDateFormField
from publishing.fields.written_dates import read_date

# Two dates of an entry that are this many years apart are asked about.
YEARS_APART = 100


def ask_about_far_dates(form: Any, beside: Iterable[PartialDate] = ()) -> None:
    """Add an error to each date that was changed and is centuries away from all others here and beside it.

    A word beside the year, such as CE, says that it is meant.
    """
    found = {
        name: date
        for name, field in form.fields.items()
        if isinstance(field, PartialDateFormField)
        and isinstance(date := form.cleaned_data.get(name), PartialDate)
    }
    others = [*beside]
    for name, date in found.items():
        rest = (*others, *(other for one, other in found.items() if one != name))
        if name not in form.changed_data or not is_far_from(date, rest):
            continue
        if not is_marked_gregorian(form.data.get(form.add_prefix(name))):
            form.add_error(name, why_far(date))


def dates_of(row: models.Model) -> list[PartialDate]:
    """The partial dates in the columns of a row."""
    columns = (one for one in row._meta.concrete_fields if isinstance(one, PartialDateField))
    values = (getattr(row, column.attname) for column in columns)
    return [value for value in values if isinstance(value, PartialDate)]


def is_far_from(date: PartialDate, others: Iterable[PartialDate]) -> bool:
    """Whether the date lies centuries from all the others, as one mistyped or of another calendar does."""
    years = [other.parts[0] for other in others]
    return bool(years) and all(abs(date.parts[0] - year) >= YEARS_APART for year in years)


def why_far(date: PartialDate) -> ValidationError:
    """What is asked of a date that lies far from the others beside it."""
    message = PartialDateFormField.default_error_messages["far"]
    return ValidationError(message, code="far", params={"date": date.in_words(), "year": date.text[:4]})


def is_marked_gregorian(typed: Any) -> bool:
    """Whether the writer confirmed the year of a date by a word beside it."""
    try:
        return read_date(str(typed)).is_marked_gregorian
    except ValueError:
        return False
