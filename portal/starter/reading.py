"""Read the starter content's TOML files as snapshots.

A file in content/<kind>s/ is one entry, named by its slug; a file content/<kind>s.toml holds
several, one table for each. Text in three languages is a table of its own (title.en, title.ar,
title.fr). Entries are named by slug ("qatar", or "case/libya-2020" where any kind is allowed),
rows of the same entry by their `key`. Every key gets its UUID from its name, so that reading
twice gives the same snapshots. A claim's `mark` says how far it was confirmed when it was
written (docs/starter-claims.md); it is for those who check the claims, not part of them.
publishers.toml has the names of publishers that readers of Arabic or French know differently.
"""

import datetime
import tomllib
import uuid
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from django.db import models

from publishing import snapshots
from publishing.languages import PAGE_LANGUAGES, column_in
from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds, leads_to
from publishing.snapshots import Snapshot

CONTENT = Path(__file__).parent / "content"
# Where it is written, kind, slug, values by name.
_Table = tuple[str, type[Entry], str, dict[str, Any]]
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "starter.sulh")


class InvalidStarterFile(Exception):
    """A starter file does not fit the models; the message names file and key."""


def read_all(content: Path = CONTENT) -> list[Snapshot]:
    """All snapshots of the starter content, references first. Raises InvalidStarterFile."""
    found = {}
    for location, kind, slug, table in _with_publisher_names(content, _tables(content)):
        snapshot = _snapshot(location, kind, slug, table)
        found[snapshot["id"]] = snapshot
    dependencies = {key: snapshots.references(snapshot) - {key} for key, snapshot in found.items()}
    for key, targets in dependencies.items():
        if missing := targets - found.keys():
            raise InvalidStarterFile(
                f"{found[key]['kind']}/{found[key]['fields']['slug']} points to nothing: {missing}"
            )
    return [found[key] for key in TopologicalSorter(dependencies).static_order()]


def all_keys(content: Path = CONTENT) -> set[str]:
    """The UUIDs of the entries that `read_all` reads, from the lists and the names of files alone."""
    return {
        key_of(name, slug)
        for name in kinds()
        for slug in (*_listed(content / f"{name}s.toml"), *(file.stem for file in _files(content, name)))
    }


def key_of(kind: str, slug: str) -> str:
    """The UUID of a starter entry."""
    return str(uuid.uuid5(NAMESPACE, f"{kind}/{slug}"))


def _tables(content: Path) -> Iterator[_Table]:
    for name, kind in sorted(kinds().items()):
        list_file = content / f"{name}s.toml"
        for slug, table in _listed(list_file).items():
            yield f"{list_file.name} [{slug}]", kind, slug, table
        for file in _files(content, name):
            yield f"{file.parent.name}/{file.name}", kind, file.stem, _toml(file)


def _listed(file: Path) -> dict[str, Any]:
    """The tables of a file of several entries, by slug; none where there is no such file."""
    return _toml(file) if file.exists() else {}


def _files(content: Path, kind: str) -> list[Path]:
    """The files of one entry each."""
    return sorted((content / f"{kind}s").glob("*.toml"))


def _with_publisher_names(content: Path, tables: Iterator[_Table]) -> Iterator[_Table]:
    names = _listed(content / "publishers.toml")
    for location, kind, slug, table in tables:
        if known := names.get(table.get("publisher", "")):
            same = dict.fromkeys(PAGE_LANGUAGES, table["publisher"])
            table["publisher_name"] = same | known
        yield location, kind, slug, table


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InvalidStarterFile(f"{file.name}: {error}") from error


def _snapshot(location: str, kind: type[Entry], slug: str, table: dict[str, Any]) -> Snapshot:
    key = key_of(kind._meta.model_name or "", slug)
    values_by_name = {"slug": slug, **table}
    snapshot = snapshots.empty(kind, uuid.UUID(key))
    for name, model in children_of(kind).items():
        for number, row in enumerate(values_by_name.pop(name, []), start=1):
            local = str(row.pop("key", number))
            row.pop("mark", None)
            values = {"position": number * 10, **row}
            snapshot["rows"][name][_row_key(key, name, local)] = _values(
                f"{location} {name} {local}", snapshots.row_columns(model), values, key
            )
    for members in kind._meta.many_to_many:
        target = members.related_model._meta.model_name or ""
        snapshot["fields"][members.name] = sorted(
            key_of(target, one) for one in values_by_name.pop(members.name, [])
        )
    snapshot["fields"] |= _values(location, snapshots.content_columns(kind), values_by_name, key)
    return snapshots.conformed(snapshot)


def _values(
    location: str, columns: tuple[models.Field, ...], values_by_name: dict[str, Any], entry: str
) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in values_by_name.items():
        if isinstance(value, dict):
            flat |= {column_in(one, name): value[one].strip() for one in value.keys() & {*PAGE_LANGUAGES}}
        else:
            flat[name] = value.strip() if isinstance(value, str) else value
    by_name = {column.name: column for column in columns}
    if unknown := flat.keys() - by_name.keys():
        raise InvalidStarterFile(f"{location}: no such column: {', '.join(sorted(unknown))}")
    return {name: _value(location, by_name[name], value, entry) for name, value in flat.items()}


def _value(location: str, column: models.Field, value: Any, entry: str) -> Any:
    target: Any = column.related_model
    if leads_to(column, Child):
        return _row_key(entry, target._meta.model_name or "", str(value))
    if target is Entry:
        return key_of(*str(value).split("/", 1))
    if leads_to(column, Entry):
        return key_of(target._meta.model_name or "", value)
    if column.name == getattr(column.model, "ABOUT", "") and "/" in value:
        kind, local = value.split("/", 1)
        return f"{kind}/{_row_key(entry, kind, local)}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(column, models.DecimalField):
        return f"{value:.{column.decimal_places}f}" if isinstance(value, float) else str(value)
    return value


def _row_key(entry: str, kind: str, local: str) -> str:
    return str(uuid.uuid5(uuid.UUID(entry), f"{kind}/{local}"))
