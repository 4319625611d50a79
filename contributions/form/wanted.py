"""The entry as the sender wants it: the snapshot that the form started from, with the changes."""

import uuid
from typing import Any

from contributions.form.editable import EditableFields
from contributions.form.slugs import with_anchor, with_slug
from publishing import snapshots
from publishing.models.entry import children_of
from publishing.snapshots import ABSENT, Change, Path, Snapshot


def wanted_snapshot(
    editable: EditableFields, typed: dict[Path, Any], *, removes_row: bool = False
) -> Snapshot:
    """The snapshot with the typed values; all else stays as it was. removes_row: remove the row instead."""
    if removes_row and editable.is_of_row:
        return snapshots.apply(editable.removal, editable.start)
    values = {
        field.path: typed[field.path]
        for field in editable.all_facts
        if field.path in typed and typed[field.path] != field.value
    }
    if editable.is_of_new_row:
        return _with_new_row(editable, values)
    wanted = snapshots.apply([Change(path, ABSENT, value) for path, value in values.items()], editable.start)
    return with_slug(wanted) if editable.is_of_new_entry else wanted


def _with_new_row(editable: EditableFields, values: dict[Path, Any]) -> Snapshot:
    """The snapshot with the new row, placed last among the rows of its kind."""
    row_kind = editable.row.row_kind
    path = Path(row_kind=row_kind, key=str(uuid.uuid4()))
    model, rows = children_of(editable.kind)[row_kind], editable.start["rows"][row_kind]
    position = max((row["position"] for row in rows.values()), default=-1) + 1
    row = snapshots.conformed_row(model, {"position": position, **model.PUBLIC_DEFAULTS})
    row |= (editable.parent_values or {}) | {field.column: value for field, value in values.items()}
    wanted = snapshots.apply([Change(path, ABSENT, row)], editable.start)
    return with_anchor(wanted, path)
