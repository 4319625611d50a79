"""All rows of an entry in one query, whatever their kinds; to write its SQL takes longer than to run it."""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models.functions import RowNumber

from publishing.languages import active_language
from publishing.models import Child, Entry
from publishing.models.entry import children_of, leads_to
from publishing.snapshots.shape import path_to_entry

# The entries that an entry with this key leads to, in order.
Pointed = Callable[[UUID], models.QuerySet]
Pointers = tuple[tuple[str, Pointed], ...]
# What stands for the key of the entry in a statement that is kept.
ANY_KEY = UUID("a11e2f00-0000-4000-8000-000000000a11")
KEY = models.UUIDField()


class Columns(models.Func):
    """The values of some columns as one array of JSON, which is text to Python.

    Django's JSONArray asks SQLite first whether it knows JSON, and takes the write lock to do so.
    """

    function = "JSON_ARRAY"
    output_field = models.TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """By its own name on PostgreSQL."""
        return self.as_sql(compiler, connection, function="JSONB_BUILD_ARRAY", **context)


def rows_at_once(
    entry: Entry, *kinds: str, **pointers: Pointed
) -> tuple[dict[str, list[Any]], dict[str, list[UUID]]]:
    """The rows of these kinds that the entry has, by kind; and the keys of what it leads to, by name.

    Each list is in the order of its model or queryset.
    """
    kind: type[Entry] = type(entry)
    row_models = children_of(kind)
    rows: dict[str, list[Any]] = {kind: [] for kind in kinds}
    keys: dict[str, list[UUID]] = {name: [] for name in pointers}
    sql, params = _statement(
        type(entry), kinds, tuple(pointers.items()), active_language(), connection.vendor
    )
    stands_for, key = (KEY.get_db_prep_value(one, connection) for one in (ANY_KEY, entry.pk))
    with connection.cursor() as cursor:
        cursor.execute(sql, [key if one == stands_for else one for one in params])
        found = sorted(cursor.fetchall(), key=lambda one: one[:2])
    for name, _number, columns in found:
        values = json.loads(columns)
        if name in keys:
            keys[name].append(UUID(values[0]))
        else:
            rows[name].append(_row(row_models[name], values))
    return rows, keys


def attach_entries(rows: Iterable[Child], found: Mapping[UUID, Entry]) -> None:
    """Set what the rows point to, so that reading it asks nothing; found: entries by key."""
    for row in rows:
        for column in _pointers_of(type(row)):
            target = found.get(getattr(row, column.attname))
            if target is not None:
                column.set_cached_value(row, target)


def keys_in(rows: Iterable[Child], model: type[Entry]) -> set[UUID]:
    """The keys of the entries of a kind that the rows point to."""
    keys = {
        getattr(row, column.attname)
        for row in rows
        for column in _pointers_of(type(row))
        if leads_to(column, model)
    }
    return keys - {None}


@lru_cache(maxsize=256)
def _pointers_of(model: type[Child]) -> tuple[Any, ...]:
    return tuple(
        column
        for column in model._meta.concrete_fields
        if leads_to(column, Entry) and column.name != model.OF
    )


@lru_cache(maxsize=128)
def _statement(
    kind: type[Entry], kinds: tuple[str, ...], pointers: Pointers, language: str, vendor: str
) -> tuple[str, tuple[Any, ...]]:
    """The SQL and its parameters for ANY_KEY; language and vendor, since what is written depends on them."""
    of_rows = [(name, children_of(kind)[name]) for name in kinds]
    branches = [
        _branch(
            name,
            model._default_manager.filter(**{path_to_entry(model): ANY_KEY}),
            [column.attname for column in model._meta.concrete_fields],
        )
        for name, model in of_rows
    ] + [_branch(name, pointed(ANY_KEY), ["pk"]) for name, pointed in pointers]
    first, *others = branches
    together = first.union(*others, all=True) if others else first
    return together.query.sql_with_params()


def _branch(name: str, rows: models.QuerySet, columns: list[str]) -> models.QuerySet:
    """The name, the position of each row in the order of the queryset, and its columns."""
    in_order = rows.query.order_by or rows.model._meta.ordering or ["pk"]
    position = models.Window(RowNumber(), order_by=[*in_order])
    called = models.Value(name, output_field=models.CharField())
    return rows.order_by().values_list(called, position, Columns(*columns))


def _row(model: type[Child], values: list[Any]) -> Child:
    names, readers = _reading(model)
    read = [value if reader is None else reader(value) for reader, value in zip(readers, values, strict=True)]
    return model.from_db(connection.alias, names, read)


@lru_cache(maxsize=256)
def _reading(model: type[Child]) -> tuple[list[str], list[Callable[[Any], Any] | None]]:
    """The columns of the model, and what makes a value of each from JSON: None where it is the value."""
    columns = model._meta.concrete_fields
    return [column.attname for column in columns], [_reader(column) for column in columns]


def _reader(column: Any) -> Callable[[Any], Any] | None:
    if from_db_value := getattr(column, "from_db_value", None):
        return lambda value: from_db_value(value, None, connection)
    if isinstance(column, models.CharField | models.TextField | models.IntegerField):
        return None
    read: Callable[[Any], Any] = column.to_python
    return read
