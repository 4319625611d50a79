"""The names of columns, and their values in words."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from publishing.fields.columns import InWordsField, language_of_column
from publishing.fields.partial_dates import PartialDate, PartialDateField
from publishing.languages import LocalizedText, active_language
from publishing.vocabulary import Language

Column = models.Field | models.ManyToManyField
CODES = (models.SlugField, models.URLField, PartialDateField)


def name_of(column: Column) -> str:
    """The column's name; with its language where the text has one column for each language."""
    language = language_of_column(column)
    if not language:
        return str(column.verbose_name)
    return _("%(column)s (%(language)s)") % {
        "column": column.verbose_name,
        "language": Language(language).label,
    }


def is_text(column: Column) -> bool:
    """Whether it holds free text, which is compared word by word."""
    return (
        isinstance(column, (models.CharField, models.TextField))
        and not isinstance(column, (*CODES, InWordsField))
        and not column.choices
    )


def language_of(column: Column, values: dict[str, Any]) -> str:
    """The language of a text: that of its column, or the one that `<column>_language` names; else "".

    values: all values of the same row or entry, by name of column.
    """
    return language_of_column(column) or str(values.get(f"{column.name}_language") or "")


def localized_value(column: Column, value: Any) -> LocalizedText:
    """A choice by its label, a date in words, yes or no; any other value unchanged."""
    language = active_language()
    if isinstance(column, InWordsField):
        return LocalizedText(column.in_words(str(value)), language, is_fallback=False)
    if column.choices:
        return LocalizedText(str(dict(column.flatchoices).get(value, value)), language, is_fallback=False)
    if isinstance(column, (PartialDateField, models.DateField)):
        return LocalizedText(_date(str(value)), language, is_fallback=False)
    if isinstance(value, bool):
        return LocalizedText(_("yes") if value else _("no"), language, is_fallback=False)
    return LocalizedText(str(value), "", is_fallback=False)


def _date(value: str) -> str:
    try:
        return PartialDate.parse(value).in_words()
    except ValueError:
        return value
