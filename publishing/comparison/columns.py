"""How columns are called, and their values said."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from publishing.fields.columns import language_of_column
from publishing.fields.partial_dates import PartialDate, PartialDateField
from publishing.languages import LocalizedText, active_language
from publishing.vocabulary import Language

Column = models.Field | models.ManyToManyField
CODES = (models.SlugField, models.URLField, PartialDateField)


def name_of(column: Column) -> str:
    """The column's name; where it is one of several, with its language."""
    language = language_of_column(column)
    if not language:
        return str(column.verbose_name)
    return _("%(column)s (%(language)s)") % {
        "column": column.verbose_name,
        "language": Language(language).label,
    }


def is_text(column: Column) -> bool:
    """Whether people write words in it, which are compared one by one."""
    return (
        isinstance(column, (models.CharField, models.TextField))
        and not isinstance(column, CODES)
        and not column.choices
    )


def language_of(column: Column, beside: dict[str, Any]) -> str:
    """The language of a text: its column's, or the one that a column beside it names; else nothing."""
    return language_of_column(column) or str(beside.get(f"{column.name}_language") or "")


def plain_words(column: Column, value: Any) -> LocalizedText:
    """A choice by its name, a date in words, yes or no, and all else as it stands."""
    here = active_language()
    if column.choices:
        return LocalizedText(str(dict(column.flatchoices).get(value, value)), here, is_fallback=False)
    if isinstance(column, (PartialDateField, models.DateField)):
        return LocalizedText(_date(str(value)), here, is_fallback=False)
    if isinstance(value, bool):
        return LocalizedText(_("yes") if value else _("no"), here, is_fallback=False)
    return LocalizedText(str(value), "", is_fallback=False)


def _date(value: str) -> str:
    try:
        return PartialDate.parse(value).spoken()
    except ValueError:
        return value
