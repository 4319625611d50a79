"""What a snapshot is made of: which columns and rows, in which plain values, in today's shape."""

import datetime
import decimal
import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from publishing.fields.clean_text import composed
from publishing.fields.partial_dates import PartialDate, PartialDateField
from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds, owner_of
from publishing.snapshots.path import Path

Snapshot = dict[str, Any]


def empty(kind: type[Entry], pk: uuid.UUID) -> Snapshot:
    """A snapshot without content."""
    rows: dict[str, dict[str, Any]] = {name: {} for name in children_of(kind)}
    return {"kind": kind._meta.model_name, "id": str(pk), "fields": {}, "rows": rows}


def row_of(model: type[Child], values: dict[str, Any]) -> Child:
    """A row of a snapshot as an object, not stored."""
    row = model()
    for column in row_columns(model):
        setattr(row, column.attname, alive(column, values[column.name]))
    return row


@cache
def content_columns(kind: type[Entry]) -> tuple[models.Field, ...]:
    """The columns of an entry that editors write."""
    return tuple(
        column
        for column in kind._meta.concrete_fields
        if column.name not in Entry.KEPT_BY_PUBLISHING and not column.primary_key
    )


@cache
def row_columns(model: type[Child]) -> tuple[models.Field, ...]:
    """The columns of a row that belong in a snapshot: all but its key and that of its entry."""
    left_out = {"id", model.OF} if issubclass(owner_of(model), Entry) else {"id"}
    return tuple(column for column in model._meta.concrete_fields if column.name not in left_out)


def path_to_entry(model: type[Child]) -> str:
    """The look-up that leads from a row to its entry: "case", or "provision__case"."""
    owner = owner_of(model)
    if issubclass(owner, Child):
        return f"{model.OF}__{path_to_entry(owner)}"
    return model.OF


def plain(value: Any) -> Any:
    """The value as JSON can say it."""
    if isinstance(value, (uuid.UUID, decimal.Decimal, PartialDate)):
        return str(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return value


def alive(column: models.Field, value: Any) -> Any:
    """The value as the column has it; raises ValidationError where it does not fit."""
    target = column.target_field if isinstance(column, models.ForeignKey) else column
    if value is None:
        return None
    known = target.to_python(value)
    return composed(known) if isinstance(known, str) else known


def as_stored(column: models.Field, value: Any) -> Any:
    """The value as `freeze` would read it back; one that does not fit the column stays as it is."""
    try:
        living = alive(column, value)
        if isinstance(column, models.DecimalField) and living is not None:
            # Adding zero takes the sign from -0.00.
            exact = living.quantize(decimal.Decimal(1).scaleb(-column.decimal_places)) + 0
            living = exact if exact == living else value
    except (ValidationError, TypeError, ValueError, ArithmeticError):
        return value
    return plain(living)


def _default(column: models.Field) -> Any:
    value = column.get_default()
    return str(value) if isinstance(value, (uuid.UUID, decimal.Decimal)) else value


def conformed(snapshot: Snapshot) -> Snapshot:
    """The snapshot in today's shape: unknown keys left out, missing ones at their default.

    Values are written as `freeze` writes them, so that 1.5 and 1.50 are no difference.
    """
    kind = kinds()[snapshot["kind"]]
    shaped = empty(kind, uuid.UUID(snapshot["id"]))
    shaped["fields"] = _shaped(content_columns(kind), snapshot["fields"])
    for members in kind._meta.many_to_many:
        shaped["fields"][members.name] = sorted({*snapshot["fields"].get(members.name, [])})
    for name, model in children_of(kind).items():
        rows = snapshot["rows"].get(name, {})
        shaped["rows"][name] = {key: _shaped(row_columns(model), row) for key, row in rows.items()}
    return shaped


def conformed_row(model: type[Child], values: dict[str, Any]) -> dict[str, Any]:
    """The values of a row in today's shape: unknown ones left out, missing ones at their default."""
    return _shaped(row_columns(model), values)


def _shaped(columns: tuple[models.Field, ...], values: dict[str, Any]) -> dict[str, Any]:
    return {
        column.name: as_stored(column, values[column.name]) if column.name in values else _default(column)
        for column in columns
    }


def dates_in(snapshot: Snapshot) -> Iterator[tuple[Path, PartialDate]]:
    """The partial dates that the snapshot gives, each with its path."""
    kind = kinds()[snapshot["kind"]]
    for column in content_columns(kind):
        if isinstance(column, PartialDateField) and (date := snapshot["fields"].get(column.name)):
            yield Path(column=column.name), PartialDate(date)
    for name, model in children_of(kind).items():
        of_rows = [column.name for column in row_columns(model) if isinstance(column, PartialDateField)]
        for key, row in snapshot["rows"].get(name, {}).items() if of_rows else ():
            at = Path(row_kind=name, key=key)
            yield from ((at.at(column), PartialDate(row[column])) for column in of_rows if row.get(column))


def bare(like: Snapshot) -> Snapshot:
    """The snapshot of an entry of the same kind and key that says nothing yet."""
    return conformed(empty(kinds()[like["kind"]], uuid.UUID(like["id"])))


def unknown(snapshot: Snapshot) -> list[Path]:
    """What the snapshot says and today's models have no place for."""
    shaped = conformed(snapshot)
    lost = [Path(column=name) for name in snapshot["fields"].keys() - shaped["fields"].keys()]
    lost += [Path(row_kind=name) for name in snapshot["rows"].keys() - shaped["rows"].keys()]
    for name, rows in shaped["rows"].items():
        for key, row in rows.items():
            at = Path(row_kind=name, key=key)
            lost += [at.at(column) for column in snapshot["rows"][name][key].keys() - row.keys()]
    return sorted(lost)
