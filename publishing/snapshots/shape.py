"""The shape of a snapshot: its columns, its rows and their JSON values, according to today's models."""

import datetime
import decimal
import uuid
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from publishing.fields.clean_text import composed, with_line_feeds
from publishing.fields.columns import ProseField
from publishing.fields.partial_dates import PartialDate, PartialDateField
from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds, owner_of
from publishing.snapshots.path import Path

Snapshot = dict[str, Any]

# Values of these types, but not of subclasses, are the same in JSON.
PLAIN = frozenset({str, int, bool, type(None)})
# A text of so many letters is no date, number, key or code.
LONG = 64


def empty(kind: type[Entry], pk: uuid.UUID) -> Snapshot:
    """A snapshot without content."""
    rows: dict[str, dict[str, Any]] = {name: {} for name in children_of(kind)}
    return {"kind": kind._meta.model_name, "id": str(pk), "fields": {}, "rows": rows}


def row_of(model: type[Child], values: dict[str, Any]) -> Child:
    """A row of a snapshot as an unsaved model instance."""
    row = model()
    for column in row_columns(model):
        setattr(row, column.attname, to_column_value(column, values[column.name]))
    return row


@cache
def content_columns(kind: type[Entry]) -> tuple[models.Field, ...]:
    """The columns of an entry that editors write."""
    return tuple(
        column
        for column in kind._meta.concrete_fields
        if column.name not in Entry.MANAGED_BY_PUBLISHING and not column.primary_key
    )


@cache
def row_columns(model: type[Child]) -> tuple[models.Field, ...]:
    """The columns of a row that a snapshot contains: all except its key and the one to its entry."""
    excluded = {"id", model.OF} if issubclass(owner_of(model), Entry) else {"id"}
    return tuple(column for column in model._meta.concrete_fields if column.name not in excluded)


def path_to_entry(model: type[Child]) -> str:
    """The lookup from a row to its entry: "case", or "provision__case"."""
    owner = owner_of(model)
    if issubclass(owner, Child):
        return f"{model.OF}__{path_to_entry(owner)}"
    return model.OF


def to_json_value(value: Any) -> Any:
    """The value as JSON can hold it."""
    if type(value) in PLAIN:
        return value
    if isinstance(value, (uuid.UUID, decimal.Decimal, PartialDate)):
        return str(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return value


def to_column_value(column: models.Field, value: Any) -> Any:
    """The value as the model field has it; raises ValidationError where it does not fit."""
    target = column.target_field if isinstance(column, models.ForeignKey) else column
    if value is None:
        return None
    known = target.to_python(value)
    return composed(known) if isinstance(known, str) else known


def as_stored(column: models.Field, value: Any) -> Any:
    """The value as `freeze` would read it back; one that does not fit the column stays as it is."""
    try:
        column_value = to_column_value(column, value)
        if isinstance(column, models.DecimalField) and column_value is not None:
            # Adding zero takes the sign from -0.00.
            exact = column_value.quantize(decimal.Decimal(1).scaleb(-column.decimal_places)) + 0
            column_value = exact if exact == column_value else value
    except (ValidationError, TypeError, ValueError, ArithmeticError):
        return value
    return to_json_value(column_value)


def _default(column: models.Field) -> Any:
    value = column.get_default()
    return str(value) if isinstance(value, (uuid.UUID, decimal.Decimal)) else value


def conformed(snapshot: Snapshot, known: Snapshot | None = None) -> Snapshot:
    """The snapshot in today's shape: without unknown keys, and with the defaults of missing ones.

    Values are written as `freeze` writes them, so that 1.5 and 1.50 do not differ.
    known: one that is in today's shape; where it is of the same kind, what both share is taken over.
    """
    kind = kinds()[snapshot["kind"]]
    shaped = empty(kind, uuid.UUID(snapshot["id"]))
    is_known = known is not None and known["kind"] == snapshot["kind"]
    known = known if known and is_known else shaped
    if is_known and snapshot["fields"] == known["fields"]:
        shaped["fields"] = known["fields"]
    else:
        shaped["fields"] = _shaped(kind, snapshot["fields"])
        for members in kind._meta.many_to_many:
            shaped["fields"][members.name] = sorted({*snapshot["fields"].get(members.name, [])})
    for name, model in children_of(kind).items():
        rows, known_rows = snapshot["rows"].get(name, {}), known["rows"][name]
        shaped["rows"][name] = {
            key: known_rows[key] if row == known_rows.get(key) else _shaped(model, row)
            for key, row in rows.items()
        }
    return shaped


def conformed_row(model: type[Child], values: dict[str, Any]) -> dict[str, Any]:
    """The values of a row in today's shape: without unknown ones, and with the defaults of missing ones."""
    return _shaped(model, values)


def _shaped(model: type[Entry] | type[Child], values: dict[str, Any]) -> dict[str, Any]:
    shaped = {}
    for name, column, of_text, of_other in _shapes(model):
        if name not in values:
            shaped[name] = _default(column)
            continue
        value = values[name]
        # Each snapshot is read some times; most values are texts or nothing, and others are soon seen again.
        if value is None:
            shaped[name] = None
        elif of_text is not None and type(value) is str:
            # Letters without marks are composed, and most texts have no carriage return.
            shaped[name] = value if value.isascii() and "\r" not in value else of_text(value)
        elif isinstance(value, int) or (isinstance(value, str) and len(value) < LONG):
            shaped[name] = of_other(value)
        else:
            shaped[name] = as_stored(column, value)
    return shaped


@cache
def _shapes(
    model: type[Entry] | type[Child],
) -> tuple[tuple[str, models.Field, Callable[[str], str] | None, Callable[[Any], Any]], ...]:
    """The columns of the model in a snapshot: name, column, how it stores texts, and other short values.

    None for a column that is no text.
    """
    columns = content_columns(model) if issubclass(model, Entry) else row_columns(model)
    return tuple((column.name, column, _of_text(column), _of_other(column)) for column in columns)


def _of_text(column: models.Field) -> Callable[[str], str] | None:
    """What the column makes of any text, as `as_stored` says it."""
    if type(column).to_python in {models.CharField.to_python, models.TextField.to_python}:
        return composed
    if type(column).to_python is ProseField.to_python:
        return lambda value: composed(with_line_feeds(value))
    return None


def _of_other(column: models.Field) -> Callable[[Any], Any]:
    """As `as_stored`, with its latest answers remembered; 1 and True are different values."""
    return lru_cache(maxsize=1024, typed=True)(partial(as_stored, column))


def dates_in(snapshot: Snapshot) -> Iterator[tuple[Path, PartialDate]]:
    """The partial dates in the snapshot, each with its path."""
    kind = kinds()[snapshot["kind"]]
    for column in content_columns(kind):
        if isinstance(column, PartialDateField) and (date := snapshot["fields"].get(column.name)):
            yield Path(column=column.name), PartialDate(date)
    for name, model in children_of(kind).items():
        columns = [column.name for column in row_columns(model) if isinstance(column, PartialDateField)]
        for key, row in snapshot["rows"].get(name, {}).items() if columns else ():
            path = Path(row_kind=name, key=key)
            yield from ((path.at(column), PartialDate(row[column])) for column in columns if row.get(column))


def texts_with(mark: str, snapshot: Snapshot) -> Iterator[str]:
    """What is written in the snapshot with that mark, in the entry's own columns and in its rows."""
    rows = (row for name in children_of(kinds()[snapshot["kind"]]) for row in snapshot["rows"][name].values())
    for values in (snapshot["fields"], *rows):
        for value in values.values():
            if type(value) is str and mark in value:
                yield value


def blank(snapshot: Snapshot) -> Snapshot:
    """A snapshot of the same kind and key, with the default of every column and no rows."""
    return conformed(empty(kinds()[snapshot["kind"]], uuid.UUID(snapshot["id"])))


def unknown(snapshot: Snapshot) -> list[Path]:
    """The paths in the snapshot that today's models do not have."""
    shaped = conformed(snapshot)
    paths = [Path(column=name) for name in snapshot["fields"].keys() - shaped["fields"].keys()]
    paths += [Path(row_kind=name) for name in snapshot["rows"].keys() - shaped["rows"].keys()]
    for name, rows in shaped["rows"].items():
        for key, row in rows.items():
            row_path = Path(row_kind=name, key=key)
            paths += [row_path.at(column) for column in snapshot["rows"][name][key].keys() - row.keys()]
    return sorted(paths)
