"""A row of a form as one line: which columns it shows, and the text of each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst

from publishing.fields.columns import stem
from publishing.fields.partial_dates import PartialDate, PartialDateField
from publishing.languages import active_language, column_in, columns_of_text, stem_and_language
from publishing.models import Entry
from publishing.models.entry import leads_to

# The classes of the two fieldsets of an opened row: its line, and whatever else it has.
LINE, MORE = "line-of-row", "more-of-row"
Fieldsets = list[tuple[Any, dict[str, Any]]]


@dataclass(frozen=True)
class Cell:
    """The text of one column in a line; `kind` tells how wide it is."""

    kind: str
    text: str


def as_lines(fieldsets: Iterable[Any], line: Iterable[str]) -> Fieldsets:
    """The fieldsets with the boxes of the line first, side by side, and all others behind them.

    line: names of columns, or of texts, of which the line has the box of the reader's language.
    """
    groups = [(name, options, [*map(_names, options["fields"])]) for name, options in fieldsets]
    known = [one for _name, _options, rows in groups for row in rows for one in row]
    boxes = [next(name for name in (column_in(active_language(), one), one) if name in known) for one in line]
    if not boxes:
        return [*fieldsets]
    rest = []
    for name, options, rows in groups:
        left = [kept for row in rows if (kept := tuple(one for one in row if one not in boxes))]
        if left:
            rest.append((name, {**options, "fields": left, "classes": [MORE]}))
    return [(None, {"fields": [tuple(boxes)], "classes": [LINE]}), *rest]


def in_language_of_row(fieldsets: Iterable[Any], says: Callable[[str], bool]) -> Fieldsets:
    """The fieldsets of a row with the boxes of its line in the language in which the row is written.

    A text that is empty in the reader's language changes places with itself in another language. fieldsets:
    those of `as_lines`. says: whether something stands in the box of that name.
    """
    groups = [(name, options, [*map(_names, options["fields"])]) for name, options in fieldsets]
    in_line = (
        box
        for _name, options, rows in groups
        if LINE in options.get("classes", ())
        for row in rows
        for box in row
    )
    swapped: dict[str, str] = {}
    for box in in_line:
        text, language = stem_and_language(box)
        if language and not says(box) and (other := next(filter(says, columns_of_text(text)), None)):
            swapped |= {box: other, other: box}
    return [
        (name, {**options, "fields": [tuple(swapped.get(box, box) for box in row) for row in rows]})
        for name, options, rows in groups
    ]


def _names(field: Any) -> tuple[str, ...]:
    return (field,) if isinstance(field, str) else tuple(field)


def heads(model: type[models.Model], line: Iterable[str]) -> list[Cell]:
    """The names of the columns of the line."""
    return [Cell(_kind(column), capfirst(str(column.verbose_name))) for column in _columns(model, line)]


def cells(row: models.Model, line: Iterable[str]) -> list[Cell]:
    """What the row says in each column of the line."""
    return [Cell(_kind(column), _in_words(row, column)) for column in _columns(type(row), line)]


def _columns(model: type[models.Model], line: Iterable[str]) -> Iterator[Any]:
    names = {column.name for column in model._meta.concrete_fields}
    for one in line:
        yield model._meta.get_field(one if one in names else columns_of_text(one)[0])


def _kind(column: Any) -> str:
    if isinstance(column, PartialDateField):
        return "date"
    if leads_to(column, Entry):
        return "entry"
    if isinstance(column, (models.IntegerField, models.DecimalField)) and not column.choices:
        return "number"
    return "choice" if column.choices else "text"


def _in_words(row: Any, column: Any) -> str:
    if column.choices:
        return str(getattr(row, f"get_{column.name}_display")())
    value = getattr(row, stem(column) or column.name)
    if isinstance(value, PartialDate):
        return value.in_words()
    return "" if value is None else str(value)


def is_by_date(model: type[models.Model]) -> bool:
    """Whether rows of the model are sorted by their dates first."""
    first = str(next(iter(model._meta.ordering or ()), ""))
    names = {column.name for column in model._meta.concrete_fields}
    return first in names and isinstance(model._meta.get_field(first), PartialDateField)
