"""In which order columns and rows are shown, and which one a row is among its like."""

from publishing.comparison.shown import Shown
from publishing.snapshots import Path, Snapshot


def order_of_column(shown: Shown, path: Path) -> int:
    """Columns stand as the model has them, sets of entries behind them."""
    options = shown.model(path)._meta
    return [column.name for column in (*options.concrete_fields, *options.many_to_many)].index(path.column)


def order_of_row(shown: Shown, path: Path, after: Snapshot) -> tuple[int, int, str]:
    """Rows stand kind by kind, each where the snapshot has it."""
    values = after["rows"].get(path.row_kind, {}).get(path.key) or shown.row_values(path) or {}
    return [*shown.rows].index(path.row_kind), values.get("position", 0), path.key


def number_of(shown: Shown, path: Path, snapshot: Snapshot) -> int:
    """Which one it is, counted from 1, among the rows of its kind that belong to the same."""
    rows, owner = snapshot["rows"][path.row_kind], shown.rows[path.row_kind].OF
    beside = [key for key, row in rows.items() if row.get(owner) == rows[path.key].get(owner)]
    return sorted(beside, key=lambda key: (rows[key]["position"], key)).index(path.key) + 1
