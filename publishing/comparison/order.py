"""The order in which columns and rows are shown, and the position of a row among the rows of its kind."""

from typing import Any

from django.db import models

from publishing.comparison.compared import ComparedSnapshots
from publishing.fields.partial_dates import PartialDateField
from publishing.snapshots import Path, Snapshot


def order_of_column(compared: ComparedSnapshots, path: Path) -> int:
    """Sort key: columns as in the model, then sets of entries."""
    options = compared.model(path)._meta
    return [column.name for column in (*options.concrete_fields, *options.many_to_many)].index(path.column)


def order_of_row(compared: ComparedSnapshots, path: Path, after: Snapshot) -> tuple[Any, ...]:
    """Sort key: kind by kind, then as the rows of the kind stand on the page."""
    values = after["rows"].get(path.row_kind, {}).get(path.key) or compared.row_values(path) or {}
    return [*compared.rows].index(path.row_kind), *_sort_key(compared, path, values)


def _sort_key(compared: ComparedSnapshots, path: Path, values: dict[str, Any]) -> tuple[Any, ...]:
    """Sort key of a row among those of its kind: by its date first where the page has it so."""
    position, date = values.get("position", 0), _first_date(compared, path, values)
    is_by_date = next(iter(compared.model(path)._meta.ordering or ["position"])) != "position"
    return (date, position, path.key) if is_by_date else (position, date, path.key)


def _first_date(compared: ComparedSnapshots, path: Path, values: dict[str, Any]) -> str:
    """The first date of the row, as it is stored, which sorts by time; "" for none."""
    columns = compared.model(path)._meta.concrete_fields
    dates = (column.name for column in columns if isinstance(column, (PartialDateField, models.DateField)))
    return next((str(values[name]) for name in dates if values.get(name)), "")


def position_of(compared: ComparedSnapshots, path: Path, snapshot: Snapshot) -> int:
    """The position of the row, counted from 1, among the rows of its kind with the same owner."""
    rows, owner = snapshot["rows"][path.row_kind], compared.rows[path.row_kind].OF
    siblings = [key for key, row in rows.items() if row.get(owner) == rows[path.key].get(owner)]
    sort_keys = {
        key: _sort_key(compared, Path(row_kind=path.row_kind, key=key), rows[key]) for key in siblings
    }
    return sorted(siblings, key=sort_keys.__getitem__).index(path.key) + 1
