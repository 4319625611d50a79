"""Writes and reads many new entries at once: a few queries for each kind of entry and of rows."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.db import models

from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds
from publishing.snapshots.shape import Snapshot, path_to_entry
from publishing.snapshots.tables import fill, frozen_columns, frozen_row, new_entry, new_row


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
    Entry.objects.bulk_create(
        Entry(**{name: getattr(entry, name) for name in base_columns}) for entry in entries.values()
    )
    for entry in entries.values():
        # The base row is there; the row of its own kind is left.
        entry.save_base(raw=True, force_insert=True)
    for kind, group in _by_kind(snapshots):
        _write_members(kind, group)
        _write_rows(kind, group, entries)


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
        through._base_manager.bulk_create(
            through(**{own: snapshot["id"], other: member})
            for snapshot in snapshots
            for member in snapshot["fields"][members.name]
        )


def _write_rows(kind: type[Entry], snapshots: list[Snapshot], entries: dict[str, Entry]) -> None:
    for name, model in children_of(kind).items():
        model._base_manager.bulk_create(
            new_row(model, entries[snapshot["id"]], key, row)
            for snapshot in snapshots
            for key, row in snapshot["rows"][name].items()
        )


def freeze_all(entries: Iterable[Entry]) -> dict[str, Snapshot]:
    """The snapshots of the entries, read from the database, by key."""
    keys: dict[type[Entry], list[Any]] = defaultdict(list)
    for entry in entries:
        keys[kinds()[entry.kind]].append(entry.pk)
    frozen: dict[str, Snapshot] = {}
    for kind, of_kind in keys.items():
        found = {
            str(stored.pk): frozen_columns(stored) for stored in kind._base_manager.filter(pk__in=of_kind)
        }
        _read_members(kind, found)
        for name, model in children_of(kind).items():
            _read_rows(name, model, found)
        frozen |= found
    return frozen


def _read_members(kind: type[Entry], found: dict[str, Snapshot]) -> None:
    for members in kind._meta.many_to_many:
        own, other = f"{members.m2m_field_name()}_id", f"{members.m2m_reverse_field_name()}_id"
        chosen: dict[str, list[str]] = {key: [] for key in found}
        through = getattr(kind, members.name).through._base_manager
        for key, member in through.filter(**{f"{own}__in": found}).values_list(own, other):
            chosen[str(key)].append(str(member))
        for key, snapshot in found.items():
            snapshot["fields"][members.name] = sorted(chosen[key])


def _read_rows(name: str, model: type[Child], found: dict[str, Snapshot]) -> None:
    way = path_to_entry(model)
    for snapshot in found.values():
        snapshot["rows"][name] = {}
    rows = model._base_manager.filter(**{f"{way}__in": found}).annotate(belongs_to=models.F(way))
    for row in rows:
        found[str(row.belongs_to)]["rows"][name][str(row.pk)] = frozen_row(row)
