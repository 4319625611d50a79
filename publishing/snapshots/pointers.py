"""Relations between entries: those that a snapshot points to, and those that point to an entry."""

from functools import cache
from typing import Any, cast

from django.apps import apps
from django.db import models

from publishing.beforehand import worked_out
from publishing.languages import active_language
from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds, leads_to
from publishing.snapshots.path import Path
from publishing.snapshots.shape import Snapshot, content_columns, path_to_entry, row_columns
from search.ordering import sort_key


def references(snapshot: Snapshot) -> set[str]:
    """The keys of all entries that the snapshot points to."""
    return {key for _kind, key in worked_out(pointers, snapshot)}


def pointers(snapshot: Snapshot) -> set[tuple[type[Entry], str]]:
    """The keys of all entries that the snapshot points to, each with the kind that it must be of."""
    kind = kinds()[snapshot["kind"]]
    found = _pointed_at(kind, snapshot["fields"])
    for members in kind._meta.many_to_many:
        found |= {
            (cast("type[Entry]", members.related_model), key)
            for key in snapshot["fields"].get(members.name, [])
        }
    for name, model in children_of(kind).items():
        for row in snapshot["rows"].get(name, {}).values():
            found |= _pointed_at(model, row)
    return found


def _pointed_at(model: type[Entry] | type[Child], values: dict[str, Any]) -> set[tuple[type[Entry], str]]:
    return {(kind, values[name]) for name, kind in _pointing(model, Entry) if values.get(name)}


@cache
def _pointing(model: type[Entry] | type[Child], to: type[models.Model]) -> tuple[tuple[str, Any], ...]:
    """The columns of the model that point to an entry, or to another row, each with the kind of that."""
    columns = content_columns(model) if issubclass(model, Entry) else row_columns(model)
    return tuple((column.name, column.related_model) for column in columns if leads_to(column, to))


def orphans(snapshot: Snapshot) -> list[Path]:
    """The rows whose owner is a row that the snapshot does not have."""
    return [
        Path(row_kind=name, key=key)
        for name, model in children_of(kinds()[snapshot["kind"]]).items()
        for column, owner in _pointing(model, Child)
        for key, row in snapshot["rows"][name].items()
        if row[column] not in snapshot["rows"][owner._meta.model_name or ""]
    ]


def users(entry: Entry) -> list[Entry]:
    """All other entries that point to this one, sorted by title."""
    kind = kinds()[entry.kind]
    found: set[Entry] = set()
    for user in kinds().values():
        for column in (*content_columns(user), *user._meta.many_to_many):
            if _may_point_to(kind, column):
                found.update(user._base_manager.filter(**{column.name: entry.pk}))
    for row_model in (model for model in apps.get_models() if issubclass(model, Child)):
        for column in row_columns(row_model):
            if _may_point_to(kind, column):
                rows = row_model._base_manager.select_related(path_to_entry(row_model))
                found.update(row.owner() for row in rows.filter(**{column.name: entry.pk}))
    language = active_language()
    return sorted(
        (user for user in found if user.pk != entry.pk),
        key=lambda user: (sort_key(str(user), language), str(user.pk)),
    )


def _may_point_to(kind: type[Entry], column: Any) -> bool:
    return leads_to(column, Entry) and issubclass(kind, column.related_model)
