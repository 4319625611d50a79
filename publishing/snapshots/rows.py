"""Writes the rows of an entry, and of those only what differs."""

import uuid
from functools import cache
from typing import Any

from django.db import models

from publishing.models import Child, Entry
from publishing.models.entry import children_of, owner_of
from publishing.snapshots.shape import row_columns, row_of, to_column_value
from publishing.writing import change_rows, delete_rows, insert_rows

# The rows of an entry as a snapshot holds them: by kind and key.
Rows = dict[str, dict[str, dict[str, Any]]]
# Of one kind of rows.
MOST_IN_PLACE = 4


def write_rows(entry: Entry, wanted: Rows, stored: Rows) -> Rows:
    """Delete the rows that differ and insert them again, so that rows may exchange unique values.

    A few that differ in nothing unique are changed where they stand.
    stored: the rows that the tables have.
    Foreign keys are checked at the end of the transaction, so the deletion in between does no harm.
    Returns the rows of the kinds in which none differed.
    """
    models_of_rows = children_of(type(entry))
    in_place = {
        name: _changed_in_place(model, stored[name], wanted[name]) for name, model in models_of_rows.items()
    }
    for name, model in reversed([*models_of_rows.items()]):
        outdated = [
            key
            for key, row in stored[name].items()
            if key not in in_place[name] and wanted[name].get(key) != row
        ]
        if outdated:
            delete_rows(model, outdated)
    for name, model in models_of_rows.items():
        new = [
            new_row(model, entry, key, row)
            for key, row in wanted[name].items()
            if key not in in_place[name] and stored[name].get(key) != row
        ]
        insert_rows(new)
        for key, columns in in_place[name].items():
            values = {
                one.attname: to_column_value(one, wanted[name][key][one.name])
                for one in row_columns(model)
                if one.name in columns
            }
            change_rows(model, uuid.UUID(key), **values)
    return {name: rows for name, rows in stored.items() if rows == wanted[name]}


def _changed_in_place(
    model: type[Child], stored: dict[str, dict[str, Any]], wanted: dict[str, dict[str, Any]]
) -> dict[str, set[str]]:
    """The rows that can be changed where they stand, each with the names of the columns that change.

    Only a few: several that are deleted and inserted again take two statements.
    """
    found = {
        key: {name for name, value in row.items() if wanted[key][name] != value}
        for key, row in stored.items()
        if key in wanted and wanted[key] != row
    }
    if len(found) > MOST_IN_PLACE:
        return {}
    return {key: names for key, names in found.items() if names.isdisjoint(_unique_columns(model))}


@cache
def _unique_columns(model: type[Child]) -> frozenset[str]:
    """The columns that decide whether a row is unique; all, where that is not said by columns alone."""
    found = {one.name for one in row_columns(model) if one.unique}
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            is_of_columns = not constraint.expressions and constraint.condition is None
            found |= {*constraint.fields} if is_of_columns else {one.name for one in row_columns(model)}
    return frozenset(found)


def new_row(model: type[Child], entry: Entry, key: str, values: dict[str, Any]) -> Child:
    """A row of the entry with these values, not stored."""
    row = row_of(model, values)
    row.pk = uuid.UUID(key)
    if issubclass(owner_of(model), Entry):
        setattr(row, f"{model.OF}_id", entry.pk)
    return row
