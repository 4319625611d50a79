"""Statements compiled once: to compile a simple one takes Django twenty times as long as to run it."""

import uuid
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection, models

# A value from the database, the expression that it comes from and the connection; the value for Python.
Converter = Callable[[Any, Any, Any], Any]


@dataclass(frozen=True)
class Statement:
    """The SQL that reads some columns of the rows with one key, and what turns its values into Python's.

    converters: by position of the column, the expression that was selected and the functions to call.
    """

    sql: str
    converters: tuple[tuple[int, Any, tuple[Converter, ...]], ...]


def rows_by_key(
    model: type[models.Model], lookup: str, columns: tuple[str, ...], key: uuid.UUID
) -> list[tuple[Any, ...]]:
    """The values of the columns in all rows whose lookup is the key, in the order of the model.

    lookup: a path that ends at a UUID, as `filter` takes it: "pk", or "provision__case". The rows are those
    that `model._base_manager.filter(**{lookup: key}).values_list(*columns)` finds.
    """
    statement = _compiled(model, lookup, columns, connection.vendor)
    key_as_stored = models.UUIDField().get_db_prep_value(key, connection)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, [key_as_stored])
        rows = cursor.fetchall()
    return [_converted(statement, row) for row in rows] if statement.converters else rows


def rows_of(build: Callable[..., models.QuerySet], *args: Hashable) -> list[tuple[Any, ...]]:
    """The rows of `build(*args)`, which is built once: a queryset of `values_list`, the same each time."""
    statement, params = _built(build, args, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, params)
        rows = cursor.fetchall()
    return [_converted(statement, row) for row in rows] if statement.converters else rows


@cache
def _built(
    build: Callable[..., models.QuerySet], args: tuple[Hashable, ...], vendor: str
) -> tuple[Statement, tuple[Any, ...]]:
    """The statement with its parameters. vendor: as below."""
    return _statement_of(build(*args))


@cache
def _compiled(model: type[models.Model], lookup: str, columns: tuple[str, ...], vendor: str) -> Statement:
    """vendor: of the database; a part of the key of the cache, for the SQL is written in its dialect."""
    anybody = uuid.UUID(int=0)
    return _statement_of(model._base_manager.filter(**{lookup: anybody}).values_list(*columns))[0]


def _statement_of(queryset: models.QuerySet) -> tuple[Statement, tuple[Any, ...]]:
    compiler = queryset.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    selected = [expression for expression, _sql, _alias in compiler.select]
    converters = compiler.get_converters(selected)
    converted = tuple(
        (position, expression, tuple(functions)) for position, (functions, expression) in converters.items()
    )
    return Statement(sql, converted), tuple(params)


def _converted(statement: Statement, row: tuple[Any, ...]) -> tuple[Any, ...]:
    values = list(row)
    for position, expression, functions in statement.converters:
        for convert in functions:
            values[position] = convert(values[position], expression, connection)
    return tuple(values)
