"""Statements that write rows, compiled once; the actions of publishing alone write with them.

What Django would do is done, but for signals, defaults of the database and rows of several tables. Names of
tables and columns are those of models, and values are given beside the statement.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

# So many values are written by one statement; SQLite takes 999, or more.
MOST_VALUES = 900
IGNORED = "ON CONFLICT DO NOTHING"

Names = tuple[str, ...]


def insert_row(row: models.Model) -> None:
    """Insert a new row; it gets the key that the database makes, where that makes it."""
    model, is_keyed = type(row), row.pk is None
    names = tuple(one.attname for one in _columns(model) if not (is_keyed and one.primary_key))
    key = model._meta.pk
    returning = f" RETURNING {_quoted(key.column)}" if is_keyed else ""
    with connection.cursor() as cursor:
        cursor.execute(_insert(model, names, 1, connection.vendor) + returning, _values([row], names))
        if is_keyed:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model, which have their keys."""
    _insert_all(rows, "")


def insert_missing(rows: Sequence[models.Model]) -> None:
    """Insert those of the rows that the table does not have."""
    _insert_all(rows, IGNORED)


def put_rows(rows: Sequence[models.Model], *, unique: Names, change: Names) -> None:
    """Insert the rows; where one has the same values in `unique`, change it to these in `change`.

    unique, change: attributes of the model, as "entry_id".
    """
    if rows:
        _insert_all(rows, _instead(type(rows[0]), unique, change, connection.vendor))


def change_row(row: models.Model, *names: str) -> None:
    """Write these attributes of a row that is stored in one table."""
    change_rows(type(row), row.pk, **{name: getattr(row, name) for name in names})


def change_rows(model: type[models.Model], key: Any, *, of: str = "", **values: Any) -> int:
    """Write the values to the row of that key, by the attributes of the model; how many rows have the key.

    of: the attribute that has the key, where it is not that of the model.
    """
    here, columns = connections[DEFAULT_DB_ALIAS], _by_attribute(model)
    stored = [columns[name].get_db_prep_save(value, here) for name, value in values.items()]
    stored_key = (columns[of] if of else model._meta.pk).get_db_prep_save(key, here)
    with here.cursor() as cursor:
        cursor.execute(_update(model, of, tuple(values), here.vendor), [*stored, stored_key])
        return int(cursor.rowcount)


def delete_rows(model: type[models.Model], keys: Sequence[str]) -> None:
    """Delete the rows of those keys, which are UUIDs, and nothing that points to them."""
    left, key = iter(keys), model._meta.pk
    with connection.cursor() as cursor:
        while some := [*islice(left, MOST_VALUES)]:
            places = ", ".join(["%s"] * len(some))
            sql = f"DELETE FROM {_quoted(model._meta.db_table)} WHERE {_quoted(key.column)} IN ({places})"  # noqa: S608
            cursor.execute(sql, [key.get_db_prep_save(one, connection) for one in some])


def _insert_all(rows: Sequence[models.Model], ending: str) -> None:
    if not rows:
        return
    model = type(rows[0])
    names = tuple(one.attname for one in _columns(model) if not (one.primary_key and rows[0].pk is None))
    left = iter(rows)
    with connection.cursor() as cursor:
        while some := [*islice(left, max(1, MOST_VALUES // len(names)))]:
            sql = _insert(model, names, len(some), connection.vendor)
            cursor.execute(f"{sql} {ending}", _values(some, names))


def _columns(model: type[models.Model]) -> Sequence[Any]:
    return model._meta.local_concrete_fields


def _values(rows: Iterable[models.Model], names: Names) -> list[Any]:
    """The values of the rows as the database has them, row by row."""
    # Looked up once, where `connection` looks it up for each value.
    here = connections[DEFAULT_DB_ALIAS]
    return [
        column.get_db_prep_save(column.pre_save(row, add=True), here)
        for row in rows
        for column in _chosen(type(row), names)
    ]


def _quoted(name: Any) -> str:
    return str(connection.ops.quote_name(name))


def _of(model: type[models.Model], names: Names) -> list[str]:
    """The columns of these attributes, quoted, in the order of the model."""
    return [_quoted(one.column) for one in _chosen(model, names)]


@cache
def _by_attribute(model: type[models.Model]) -> dict[str, Any]:
    return {column.attname: column for column in _columns(model)}


@lru_cache(maxsize=500)
def _chosen(model: type[models.Model], names: Names) -> tuple[Any, ...]:
    return tuple(one for one in _columns(model) if one.attname in names)


@lru_cache(maxsize=500)
def _insert(model: type[models.Model], names: Names, rows: int, vendor: str) -> str:
    """vendor: of the database, in whose dialect names are quoted."""
    row = f"({', '.join(['%s'] * len(names))})"
    columns = ", ".join(_of(model, names))
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES {', '.join([row] * rows)}"  # noqa: S608


@lru_cache(maxsize=100)
def _instead(model: type[models.Model], unique: Names, change: Names, vendor: str) -> str:
    changed = ", ".join(f"{name} = excluded.{name}" for name in _of(model, change))
    return f"ON CONFLICT ({', '.join(_of(model, unique))}) DO UPDATE SET {changed}"


@lru_cache(maxsize=500)
def _update(model: type[models.Model], of: str, names: Names, vendor: str) -> str:
    columns = _by_attribute(model)
    changed = ", ".join(f"{_quoted(columns[name].column)} = %s" for name in names)
    key = _quoted((columns[of] if of else model._meta.pk).column)
    return f"UPDATE {_quoted(model._meta.db_table)} SET {changed} WHERE {key} = %s"  # noqa: S608
