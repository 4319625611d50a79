"""Writes and reads many new entries at once: a few queries for each kind of entry and of rows."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds
from publishing.snapshots.rows import new_row
from publishing.snapshots.shape import (
    Snapshot,
    content_columns,
    empty,
    path_to_entry,
    row_columns,
    to_json_value,
)
from publishing.snapshots.tables import fill, new_entry
from publishing.statements import rows_by_keys
from publishing.writing import insert_rows


def thaw_new(snapshots: Sequence[Snapshot]) -> list[Entry]:
    """Write entries that the tables do not have; returns them in the same order. Call it in a transaction.

    snapshots: in today's shape, as `conformed` returns them.
    """
    entries = [filled(snapshot) for snapshot in snapshots]
    write_new(entries, snapshots)
    return entries


def write_new(filled_entries: Sequence[Entry], snapshots: Sequence[Snapshot]) -> None:
    """Write entries that are filled by their snapshots, and their rows. Call it in a transaction."""
    entries = {str(entry.pk): entry for entry in filled_entries}
    base_columns = [column.attname for column in Entry._meta.concrete_fields]
    insert_rows(
        [Entry(**{name: getattr(entry, name) for name in base_columns}) for entry in entries.values()]
    )
    for kind, group in _by_kind(snapshots):
        # The base rows are there; those of their own kind are left.
        insert_rows([entries[snapshot["id"]] for snapshot in group])
        _write_members(kind, group)
        _write_rows(kind, group, entries)
    for entry in entries.values():
        entry._state.adding = False


def filled(snapshot: Snapshot) -> Entry:
    """The new entry that the snapshot describes, without its rows; not stored."""
    kind = kinds()[snapshot["kind"]]
    entry = new_entry(kind, uuid.UUID(snapshot["id"]))
    fill(entry, snapshot)
    return entry


def _by_kind(snapshots: Iterable[Snapshot]) -> list[tuple[type[Entry], list[Snapshot]]]:
    ordered = sorted(snapshots, key=lambda snapshot: snapshot["kind"])
    return [(kinds()[kind], [*group]) for kind, group in groupby(ordered, lambda one: one["kind"])]


def _write_members(kind: type[Entry], snapshots: list[Snapshot]) -> None:
    for members in kind._meta.many_to_many:
        through = getattr(kind, members.name).through
        own, other = f"{members.m2m_field_name()}_id", f"{members.m2m_reverse_field_name()}_id"
        insert_rows(
            [
                through(**{own: snapshot["id"], other: member})
                for snapshot in snapshots
                for member in snapshot["fields"][members.name]
            ]
        )


def _write_rows(kind: type[Entry], snapshots: list[Snapshot], entries: dict[str, Entry]) -> None:
    for name, model in children_of(kind).items():
        insert_rows(
            [
                new_row(model, entries[snapshot["id"]], key, row)
                for snapshot in snapshots
                for key, row in snapshot["rows"][name].items()
            ]
        )


def freeze_all(entries: Iterable[Entry]) -> dict[str, Snapshot]:
    """The snapshots of the entries, read from the database, by key; none of those without content."""
    keys: dict[type[Entry], list[uuid.UUID]] = defaultdict(list)
    for entry in entries:
        keys[kinds()[entry.kind]].append(entry.pk)
    frozen: dict[str, Snapshot] = {}
    for kind, of_kind in keys.items():
        found = _read_entries(kind, of_kind)
        frozen |= found
        if stored := [key for key in of_kind if str(key) in found]:
            _read_members(kind, stored, found)
            for name, model in children_of(kind).items():
                _read_rows(name, model, stored, found)
    return frozen


def _read_entries(kind: type[Entry], keys: list[uuid.UUID]) -> dict[str, Snapshot]:
    columns, found = content_columns(kind), {}
    names = [column.name for column in columns]
    for key, *values in rows_by_keys(kind, "pk", ("pk", *(column.attname for column in columns)), keys):
        snapshot = empty(kind, key)
        snapshot["fields"] = dict(zip(names, map(to_json_value, values), strict=True))
        found[str(key)] = snapshot
    return found


def _read_members(kind: type[Entry], keys: list[uuid.UUID], found: dict[str, Snapshot]) -> None:
    for members in kind._meta.many_to_many:
        own, other = members.m2m_field_name(), members.m2m_reverse_field_name()
        chosen: dict[str, list[str]] = {key: [] for key in found}
        through = getattr(kind, members.name).through
        for key, member in rows_by_keys(through, own, (f"{own}_id", f"{other}_id"), keys):
            chosen[str(key)].append(str(member))
        for key, snapshot in found.items():
            snapshot["fields"][members.name] = sorted(chosen[key])


def _read_rows(name: str, model: type[Child], keys: list[uuid.UUID], found: dict[str, Snapshot]) -> None:
    way, columns = path_to_entry(model), row_columns(model)
    names = [column.name for column in columns]
    read = (way, "id", *(column.attname for column in columns))
    for of_entry, key, *values in rows_by_keys(model, way, read, keys):
        row = dict(zip(names, map(to_json_value, values), strict=True))
        found[str(of_entry)]["rows"][name][str(key)] = row
