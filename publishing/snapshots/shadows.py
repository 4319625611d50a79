"""The tables as they would be with other snapshots in them, for as long as a page reads; nothing is written.

A common table expression may have the name of a table, and then a SELECT reads it instead. So every SELECT
gets one for each table that a snapshot changes: what the table has of other entries, and the rows of the
snapshot. It takes no lock, leaves nothing behind, and works on a read replica.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection, models

from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds, owner_of
from publishing.snapshots.rows import new_row
from publishing.snapshots.shape import Snapshot, conformed
from publishing.snapshots.tables import fill, frozen_members, frozen_rows, stored_or_new


@dataclass(frozen=True)
class Shadow:
    """One table as it would be.

    sql: the common table expression. parameters: the values in it.
    """

    table: str
    sql: str
    parameters: tuple[Any, ...]


@contextmanager
def shown_with(shown: Sequence[Snapshot], entry_columns: Mapping[str, Mapping[str, Any]]) -> Iterator[None]:
    """Inside, every SELECT reads the tables as if these snapshots had been written to them.

    entry_columns: by key of an entry, columns that a snapshot does not contain, with the values to show.
    Raises ValidationError where a value does not fit its column.
    """
    with connection.execute_wrapper(_Reader(_shadows(shown, entry_columns))):
        yield


@contextmanager
def without_shadows() -> Iterator[None]:
    """Inside, a SELECT reads the tables themselves again."""
    wrappers = connection.execute_wrappers
    connection.execute_wrappers = [one for one in wrappers if not isinstance(one, _Reader)]
    try:
        yield
    finally:
        connection.execute_wrappers = wrappers


def has_shadows() -> bool:
    """Whether SELECT statements read tables as they would be, and not as they are."""
    return any(isinstance(one, _Reader) for one in connection.execute_wrappers)


@dataclass(frozen=True)
class _Reader:
    """The wrapper that puts before a SELECT the shadows of the tables that it names."""

    shadows: Sequence[Shadow]

    def __call__(self, run: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        named = [one for one in self.shadows if f'"{one.table}"' in sql]
        if not named or not sql.startswith(("SELECT", "(SELECT")):
            return run(sql, parameters, many, context)
        # Without parameters, a per cent sign stands for itself.
        statement = sql if parameters is not None else sql.replace("%", "%%")
        values = [value for one in named for value in one.parameters]
        return run(
            f"WITH {', '.join(one.sql for one in named)} {statement}",
            (*values, *(parameters or ())),
            many,
            context,
        )


def _shadows(shown: Sequence[Snapshot], entry_columns: Mapping[str, Mapping[str, Any]]) -> list[Shadow]:
    """A shadow of each table in which the snapshots say something else than the table."""
    shapes = [conformed(snapshot) for snapshot in shown]
    with_stored = [_entry_of(shape, entry_columns.get(shape["id"], {})) for shape in shapes]
    entries = [entry for entry, _stored in with_stored]
    return [
        *(shadow for model in (Entry, *{*map(type, entries)}) for shadow in _of_entries(model, with_stored)),
        *_of_rows(entries, shapes),
        *_of_members(entries, shapes),
    ]


# --- entries -------------------------------------------------------------------------------

# The values of an entry in the tables, by table and column, as the database takes them.
Stored = dict[str, dict[str, Any]]


def _entry_of(shape: Snapshot, other_columns: Mapping[str, Any]) -> tuple[Entry, Stored]:
    """The entry as it would be, not stored; and what the tables have of it."""
    kind = kinds()[shape["kind"]]
    entry = stored_or_new(kind, uuid.UUID(shape["id"]))
    stored: Stored = {}
    if not entry._state.adding:
        stored[Entry._meta.db_table] = _values(Entry, entry)
        # A retracted entry has nothing but its base row.
        if kind._base_manager.filter(pk=entry.pk).exists():
            stored[kind._meta.db_table] = _values(kind, entry)
    fill(entry, shape)
    for name, value in other_columns.items():
        setattr(entry, name, value)
    return entry, stored


def _of_entries(model: type[Entry], entries: Sequence[tuple[Entry, Stored]]) -> Iterator[Shadow]:
    """The table of the model with these entries, of those of its kind."""
    table = model._meta.db_table
    of_model = [(entry, stored.get(table)) for entry, stored in entries if isinstance(entry, model)]
    if all(stored is not None for _entry, stored in of_model):
        yield from _overlay(model, [(_values(model, entry), stored or {}) for entry, stored in of_model])
    else:
        keys = [entry.pk for entry, _stored in of_model]
        key_column = str(model._meta.pk.column)
        yield _replacement(
            model, *_among(key_column, keys), [_values(model, entry) for entry, _stored in of_model]
        )


def _overlay(model: type[Entry], rows: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> Iterator[Shadow]:
    """The table with other values in some columns of some rows; each column that stays keeps its indexes.

    rows: the new and the old values of each.
    """
    columns: list[Any] = [*model._meta.local_concrete_fields]
    key = str(model._meta.pk.column)
    quoted = connection.ops.quote_name
    selected, parameters = [], []
    for column in columns:
        name = column.column
        changed = [(new[key], new[name]) for new, old in rows if new[name] != old[name]]
        cases = f" WHEN %s THEN {_place_for_value(column)}" * len(changed)
        selected.append(f"CASE {quoted(key)}{cases} ELSE {quoted(name)} END" if changed else quoted(name))
        parameters += [value for pair in changed for value in pair]
    if parameters:
        sql = f"SELECT {', '.join(selected)} FROM {_real(model._meta.db_table)}"  # noqa: S608 - no values
        yield _shadow(model, sql, parameters)


# --- rows and members ------------------------------------------------------------------------


def _of_rows(entries: Sequence[Entry], shapes: Sequence[Snapshot]) -> Iterator[Shadow]:
    """The tables of rows, where those of an entry differ."""
    row_models = {name: model for entry in entries for name, model in children_of(type(entry)).items()}
    stored = [frozen_rows(entry.pk, children_of(type(entry))) for entry in entries]
    keys = [entry.pk for entry in entries]
    for name, model in row_models.items():
        wanted = [shape["rows"].get(name, {}) for shape in shapes]
        if wanted != [rows.get(name, {}) for rows in stored]:
            values = [
                _values(model, new_row(model, entry, key, row))
                for entry, rows in zip(entries, wanted, strict=True)
                for key, row in rows.items()
            ]
            yield _replacement(model, *_belongs(model, keys), values)


def _of_members(entries: Sequence[Entry], shapes: Sequence[Snapshot]) -> Iterator[Shadow]:
    """The tables of many-to-many columns, where the members of an entry differ."""
    wanted: dict[Any, dict[uuid.UUID, list[str]]] = {}
    for entry, shape in zip(entries, shapes, strict=True):
        for column in type(entry)._meta.many_to_many:
            wanted.setdefault(column, {})[entry.pk] = shape["fields"][column.name]
    for column, by_entry in wanted.items():
        if any(frozen_members(column, key) != members for key, members in by_entry.items()):
            values = [row for key, members in by_entry.items() for row in _member_rows(column, key, members)]
            condition = _among(column.m2m_column_name(), [*by_entry])
            yield _replacement(column.remote_field.through, *condition, values)


def _member_rows(column: Any, entry: uuid.UUID, keys: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rows of a many-to-many column. Nothing reads their own keys, which are below those of any other."""
    prepared = models.UUIDField().get_db_prep_value
    for number, key in enumerate(keys, start=1):
        yield {
            "id": -number,
            column.m2m_column_name(): prepared(entry, connection),
            column.m2m_reverse_name(): prepared(uuid.UUID(key), connection),
        }


# --- SQL -------------------------------------------------------------------------------------


def _values(model: type[models.Model], row: models.Model) -> dict[str, Any]:
    """The values of the row in the columns of the model's own table, as the database takes them."""
    columns: list[Any] = [*model._meta.local_concrete_fields]
    return {
        column.column: column.get_db_prep_save(getattr(row, column.attname), connection) for column in columns
    }


def _replacement(
    model: type[models.Model], belongs: str, keys: Sequence[Any], rows: Sequence[Mapping[str, Any]]
) -> Shadow:
    """The table without the rows that belong to the entries, and with these rows."""
    columns: list[Any] = [*model._meta.local_concrete_fields]
    names = ", ".join(connection.ops.quote_name(column.column) for column in columns)
    sql = f"SELECT {names} FROM {_real(model._meta.db_table)} WHERE NOT ({belongs})"  # noqa: S608 - no values
    if rows:
        row = f"({', '.join(map(_place_for_value, columns))})"
        sql += f" UNION ALL VALUES {', '.join([row] * len(rows))}"
    return _shadow(model, sql, [*keys, *(row[column.column] for row in rows for column in columns)])


def _shadow(model: type[models.Model], sql: str, parameters: Sequence[Any]) -> Shadow:
    """What the statement selects, under the name of the table and of its columns."""
    quoted = connection.ops.quote_name
    table = model._meta.db_table
    names = ", ".join(quoted(str(column.column)) for column in model._meta.local_concrete_fields)
    return Shadow(table, f"{quoted(table)} ({names}) AS NOT MATERIALIZED ({sql})", tuple(parameters))


def _belongs(model: type[Child], keys: Sequence[uuid.UUID]) -> tuple[str, list[Any]]:
    """The condition that a row is of these entries, and its parameters."""
    owner = owner_of(model)
    column: Any = model._meta.get_field(model.OF)
    if issubclass(owner, Entry):
        return _among(column.column, keys)
    condition, parameters = _belongs(owner, keys)
    quoted = connection.ops.quote_name
    owned = f"SELECT {quoted('id')} FROM {_real(owner._meta.db_table)} WHERE {condition}"  # noqa: S608
    return f"{quoted(column.column)} IN ({owned})", parameters


def _among(column: str, keys: Sequence[uuid.UUID]) -> tuple[str, list[Any]]:
    places = ", ".join(["%s"] * len(keys))
    key = models.UUIDField()
    return (
        f"{connection.ops.quote_name(column)} IN ({places})",
        [key.get_db_prep_value(one, connection) for one in keys],
    )


def _real(table: str) -> str:
    """The table itself, which no common table expression hides: its name with that of its schema."""
    schema = "main" if connection.vendor == "sqlite" else _schema_of_postgresql()
    return f"{connection.ops.quote_name(schema)}.{connection.ops.quote_name(table)}"


@cache
def _schema_of_postgresql() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return cursor.fetchone()[0]


def _place_for_value(column: models.Field) -> str:
    """A place for a value of the column's type; SQLite needs to be told of numbers with decimals alone."""
    if connection.vendor != "sqlite":
        return f"CAST(%s AS {column.cast_db_type(connection)})"
    return "CAST(%s AS NUMERIC)" if isinstance(column, models.DecimalField) else "%s"
