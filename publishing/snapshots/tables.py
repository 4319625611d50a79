"""Reads entries from the tables and writes them to the tables; the write may be a rehearsal."""

import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection, transaction

from publishing.beforehand import worked_out
from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds
from publishing.snapshots.rows import Rows, write_rows
from publishing.snapshots.shape import (
    Snapshot,
    conformed,
    content_columns,
    empty,
    path_to_entry,
    row_columns,
    to_column_value,
    to_json_value,
)
from publishing.statements import object_by_key, rows_by_key
from publishing.writing import change_rows

# The keys of the members of many-to-many columns, by column.
Members = dict[str, list[str]]


@dataclass(frozen=True)
class Stored:
    """An entry as the tables have it, or a new one, with its rows and members; before: its own columns."""

    entry: Entry
    before: dict[str, Any]
    rows: Rows
    members: Members


_rehearses: ContextVar[bool] = ContextVar("rehearses", default=False)


def freeze(entry: Entry) -> Snapshot:
    """The entry's content and all rows that belong to it, read from the database."""
    kind = kinds()[entry.kind or entry._meta.model_name or ""]
    return {**_frozen_entry(kind, entry.pk), "rows": frozen_rows(entry.pk, children_of(kind))}


def _frozen_entry(kind: type[Entry], pk: uuid.UUID, known: Members | None = None) -> Snapshot:
    """The entry's own columns and its members; raises DoesNotExist where the tables have none of that key.

    known: members that were read already, by column.
    """
    columns = content_columns(kind)
    found = rows_by_key(kind, "pk", tuple(column.attname for column in columns), pk)
    if not found:
        raise kind.DoesNotExist(f"No {kind.__name__} has the key {pk}.")
    frozen = empty(kind, pk)
    frozen["fields"] = {
        column.name: to_json_value(value) for column, value in zip(columns, found[0], strict=True)
    }
    for members in kind._meta.many_to_many:
        read = (known or {}).get(members.name)
        frozen["fields"][members.name] = frozen_members(members, pk) if read is None else read
    return frozen


def frozen_members(members: Any, pk: uuid.UUID) -> list[str]:
    """The keys of the entries in the many-to-many column of the entry with that key, sorted."""
    through, other = members.remote_field.through, members.m2m_reverse_field_name()
    return sorted(str(key) for (key,) in rows_by_key(through, members.m2m_field_name(), (f"{other}_id",), pk))


def frozen_columns(stored: Entry) -> Snapshot:
    """The entry's own columns, as a snapshot without rows and without its many-to-many columns."""
    frozen = empty(type(stored), stored.pk)
    frozen["fields"] = {
        column.name: to_json_value(getattr(stored, column.attname))
        for column in content_columns(type(stored))
    }
    return frozen


def frozen_rows(pk: uuid.UUID, row_models: Mapping[str, type[Child]]) -> Rows:
    """The rows of these kinds that belong to the entry with that key."""
    return {name: _frozen_rows_of(model, pk) for name, model in row_models.items()}


def _frozen_rows_of(model: type[Child], pk: uuid.UUID) -> dict[str, dict[str, Any]]:
    way, names, read = _reading_of(model)
    rows = rows_by_key(model, way, read, pk)
    return {str(key): dict(zip(names, map(to_json_value, values), strict=True)) for key, *values in rows}


@cache
def _reading_of(model: type[Child]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The way from a row to its entry, the names of its columns, and the attributes to read for them."""
    columns = row_columns(model)
    names, attributes = (tuple(getattr(one, name) for one in columns) for name in ("name", "attname"))
    return path_to_entry(model), names, ("id", *attributes)


def thaw(snapshot: Snapshot) -> Entry:
    """Write the snapshot to the tables; returns the entry.

    Call it inside a transaction. Writes only what differs. Unknown keys are ignored
    (see `unknown`) and missing ones get their default, so that old snapshots stay readable.
    """
    entry, *_unwritten = _write(snapshot)
    return entry


def thaw_and_freeze(
    snapshot: Snapshot, *, locked: Entry | None = None, is_new: bool = False
) -> tuple[Entry, Snapshot]:
    """Thaw the snapshot and freeze the entry; rows that did not change are not read again.

    locked: the base row of the entry, read since the lock was taken; none is read then. is_new: the tables
    have no entry of that key, and none is looked for.
    """
    entry, unwritten, members = _write(snapshot, locked=locked, is_new=is_new)
    kind = type(entry)
    written = {name: model for name, model in children_of(kind).items() if name not in unwritten}
    frozen = _frozen_entry(kind, entry.pk, members)
    return entry, {**frozen, "rows": {**unwritten, **frozen_rows(entry.pk, written)}}


def stored_at(kind: type[Entry], key: uuid.UUID, revision: int) -> Stored:
    """What the tables have of the entry while its newest revision is that number.

    Content changes with a revision alone, whose number is greater than all before: what was read when the
    number was the same is the same.
    """
    return _read(kind, key)


def _read(kind: type[Entry], key: uuid.UUID) -> Stored:
    entry = stored_or_new(kind, key)
    members = {one.name: frozen_members(one, key) for one in kind._meta.many_to_many}
    return Stored(entry, frozen_columns(entry)["fields"], frozen_rows(key, children_of(kind)), members)


def _write(
    snapshot: Snapshot, *, locked: Entry | None = None, is_new: bool = False
) -> tuple[Entry, Rows, Members]:
    """Write the entry and its rows.

    Returns it, the rows of the kinds in which nothing was written, and the columns of members in which
    nothing was.
    """
    kind = kinds()[snapshot["kind"]]
    snapshot, key = worked_out(conformed, snapshot), uuid.UUID(snapshot["id"])
    if locked is None and not is_new and connection.features.has_select_for_update:
        # Whoever writes an entry locks its base row first, so that there is no deadlock.
        [*Entry._base_manager.select_for_update().filter(pk=key).values_list("pk")]
    stored = _none_stored(kind, key) if is_new else _stored(kind, key, locked)
    entry, before = stored.entry, stored.before
    changed = [name for name, value in before.items() if snapshot["fields"][name] != value]
    fill(entry, snapshot, changed)
    # A retracted entry has a base row, but none of its kind, and nothing in it says so.
    is_whole = not is_new and not entry._state.adding and entry.revision > 0 and not entry.is_retracted
    if not is_whole:
        entry.save()
    elif changed:
        _write_columns(entry, changed)
    members = _write_members(entry, snapshot, stored.members, is_new=is_new)
    return entry, write_rows(entry, snapshot["rows"], stored.rows), members


def _stored(kind: type[Entry], key: uuid.UUID, locked: Entry | None) -> Stored:
    """What the tables have; of a locked entry it may have been read before, but for what has no revision."""
    if locked is None:
        return _read(kind, key)
    stored = worked_out(stored_at, kind, key, locked.revision)
    for column in Entry._meta.concrete_fields:
        setattr(stored.entry, column.attname, getattr(locked, column.attname))
    return stored


def _none_stored(kind: type[Entry], key: uuid.UUID) -> Stored:
    entry = new_entry(kind, key)
    return Stored(entry, frozen_columns(entry)["fields"], {name: {} for name in children_of(kind)}, {})


def _write_columns(entry: Entry, changed: list[str]) -> None:
    """Write those of the entry's own columns, which stand in two tables."""
    for model in (Entry, type(entry)):
        names = [one.attname for one in model._meta.local_concrete_fields if one.name in changed]
        if names:
            change_rows(model, entry.pk, **{name: getattr(entry, name) for name in names})


def _write_members(entry: Entry, snapshot: Snapshot, stored: Members, *, is_new: bool) -> Members:
    """Make the members of each many-to-many column those of the snapshot; returns those that were right."""
    right: Members = {}
    for members in type(entry)._meta.many_to_many:
        manager, wanted = getattr(entry, members.name), snapshot["fields"][members.name]
        if is_new:
            manager.add(*wanted)
        elif stored[members.name] == wanted:
            right[members.name] = wanted
        else:
            manager.set(wanted)
    return right


def fill(entry: Entry, snapshot: Snapshot, names: Collection[str] | None = None) -> None:
    """Set the entry's own columns to what the snapshot says, or those of these names; nothing is written."""
    for column in content_columns(type(entry)):
        if names is None or column.name in names:
            setattr(entry, column.attname, to_column_value(column, snapshot["fields"][column.name]))


def stored_or_new(kind: type[Entry], pk: uuid.UUID) -> Entry:
    """The entry of that key as the tables have it, or a new one, not stored."""
    stored = object_by_key(kind, pk)
    if stored is not None:
        return stored
    entry = new_entry(kind, pk)
    # A retracted entry keeps its base row, which is then updated and not inserted again.
    base = Entry._base_manager.filter(pk=pk).first()
    if base is not None:
        for column in Entry._meta.concrete_fields:
            setattr(entry, column.attname, getattr(base, column.attname))
        entry._state.adding = False
    return entry


def new_entry(kind: type[Entry], pk: uuid.UUID) -> Entry:
    """An entry of that kind and key, not stored."""
    return kind(id=pk, kind=kind._meta.model_name or "", **{"entry_ptr_id": pk})


def erase(entry: Entry) -> None:
    """Delete the content of an entry from the tables, except its base row. Call it inside a transaction."""
    kind = kinds()[entry.kind]
    stored = kind._base_manager.get(pk=entry.pk)
    write_rows(stored, empty(kind, entry.pk)["rows"], frozen_rows(stored.pk, children_of(kind)))
    stored.delete(keep_parents=True)


@contextmanager
def rehearsal() -> Iterator[None]:
    """A transaction that is always rolled back."""
    before = _rehearses.set(True)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        _rehearses.reset(before)


def is_rehearsed() -> bool:
    """Whether what is written now will be taken back."""
    return _rehearses.get()
