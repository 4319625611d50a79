"""Read the starter content's TOML files as snapshots.

A file in content/<kind>s/ is one entry, named by its slug; a file content/<kind>s.toml holds
several, a table each. Text in three languages is a table of its own (title.en, title.ar,
title.fr). Entries are named by slug ("qatar", or "case/libya-2020" where any kind may stand),
rows of the same entry by their `key`. Every key gets its UUID from its name, so that reading
twice gives the same snapshots. A claim's `mark` says how far it was confirmed when it was
written (docs/starter-claims.md); it is for those who check the claims, not part of them.
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
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "starter.sulh")


class Misread(Exception):
    """A starter file says something that the models have no place for; names file and key."""


def read_all(content: Path = CONTENT) -> list[Snapshot]:
    """All snapshots of the starter content, each after those that it points to."""
    found = {}
    for where, kind, slug, table in _tables(content):
        snapshot = _snapshot(where, kind, slug, table)
        found[snapshot["id"]] = snapshot
    pointing = {key: snapshots.references(snapshot) - {key} for key, snapshot in found.items()}
    for key, targets in pointing.items():
        if missing := targets - found.keys():
            raise Misread(f"{found[key]['kind']}/{found[key]['fields']['slug']} points to nothing: {missing}")
    return [found[key] for key in TopologicalSorter(pointing).static_order()]


def key_of(kind: str, slug: str) -> str:
    """The UUID of a starter entry."""
    return str(uuid.uuid5(NAMESPACE, f"{kind}/{slug}"))


def _tables(content: Path) -> Iterator[tuple[str, type[Entry], str, dict[str, Any]]]:
    for name, kind in sorted(kinds().items()):
        several = content / f"{name}s.toml"
        if several.exists():
            for slug, table in _toml(several).items():
                yield f"{several.name} [{slug}]", kind, slug, table
        for file in sorted((content / f"{name}s").glob("*.toml")):
            yield f"{file.parent.name}/{file.name}", kind, file.stem, _toml(file)


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise Misread(f"{file.name}: {error}") from error


def _snapshot(where: str, kind: type[Entry], slug: str, table: dict[str, Any]) -> Snapshot:
    key = key_of(kind._meta.model_name or "", slug)
    said = {"slug": slug, **table}
    snapshot = snapshots.empty(kind, uuid.UUID(key))
    for name, model in children_of(kind).items():
        for number, row in enumerate(said.pop(name, []), start=1):
            local = str(row.pop("key", number))
            row.pop("mark", None)
            values = {"position": number * 10, **row}
            snapshot["rows"][name][_row_key(key, name, local)] = _values(
                f"{where} {name} {local}", snapshots.row_columns(model), values, key
            )
    for members in kind._meta.many_to_many:
        target = members.related_model._meta.model_name or ""
        snapshot["fields"][members.name] = sorted(key_of(target, one) for one in said.pop(members.name, []))
    snapshot["fields"] |= _values(where, snapshots.content_columns(kind), said, key)
    return snapshots.conformed(snapshot)


def _values(
    where: str, columns: tuple[models.Field, ...], said: dict[str, Any], entry: str
) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in said.items():
        if isinstance(value, dict):
            flat |= {column_in(one, name): value[one].strip() for one in value.keys() & {*PAGE_LANGUAGES}}
        else:
            flat[name] = value.strip() if isinstance(value, str) else value
    by_name = {column.name: column for column in columns}
    if strange := flat.keys() - by_name.keys():
        raise Misread(f"{where}: no such column: {', '.join(sorted(strange))}")
    return {name: _value(where, by_name[name], value, entry) for name, value in flat.items()}


def _value(where: str, column: models.Field, value: Any, entry: str) -> Any:
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
