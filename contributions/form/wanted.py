"""The entry as a sender would like it to be: what the form started from, with what was typed."""

import uuid
from typing import Any

from contributions.form.offer import EditableFields
from contributions.form.slugs import with_anchor, with_slug
from publishing import snapshots
from publishing.models.entry import children_of
from publishing.snapshots import ABSENT, Change, Path, Snapshot


def wanted_snapshot(offer: EditableFields, typed: dict[Path, Any], *, is_without: bool = False) -> Snapshot:
    """Whatever the form did not offer stays as it is. is_without: the row is to be taken out."""
    if is_without and offer.is_of_row:
        return snapshots.apply(offer.removal, offer.start)
    values = {
        field.path: typed[field.path]
        for field in offer.all_facts
        if field.path in typed and typed[field.path] != field.value
    }
    if offer.is_of_new_row:
        return _with_new_row(offer, values)
    wanted = snapshots.apply([Change(path, ABSENT, value) for path, value in values.items()], offer.start)
    return with_slug(wanted) if offer.is_of_new_entry else wanted


def _with_new_row(offer: EditableFields, values: dict[Path, Any]) -> Snapshot:
    """The row comes last among its kind."""
    row_kind = offer.row.row_kind
    path = Path(row_kind=row_kind, key=str(uuid.uuid4()))
    model, rows = children_of(offer.kind)[row_kind], offer.start["rows"][row_kind]
    position = max((row["position"] for row in rows.values()), default=-1) + 1
    row = snapshots.conformed_row(model, {"position": position, **model.PUBLIC_DEFAULTS})
    row |= (offer.above or {}) | {field.column: value for field, value in values.items()}
    wanted = snapshots.apply([Change(path, ABSENT, row)], offer.start)
    return with_anchor(wanted, path)
