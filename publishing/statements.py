"""Statements compiled once: to compile a simple one takes Django twenty times as long as to run it."""

import datetime
import uuid
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.query import get_related_populators

from publishing.beforehand import asked_again

# A value from the database, the expression that it comes from and the connection; the value for Python.
Converter = Callable[[Any, Any, Any], Any]
Row = TypeVar("Row", bound=models.Model)
KEY = models.UUIDField()
# What a statement is asked with: of a tuple, rows of any of its values are wanted.
Value = uuid.UUID | int | str | datetime.datetime
Values = Value | tuple[Value, ...]
# What stands for the values in a statement that is kept; they are counted up from here.
STANDS_FOR: dict[type, Callable[[int], Value]] = {
    uuid.UUID: lambda number: uuid.UUID(int=0xA11E2F << 100 | number),
    int: lambda number: 1_900_000_000 + number,
    str: lambda number: f"stands for value {number}",
    datetime.datetime: lambda number: datetime.datetime(1900, 1, 1, 1, 1, number, tzinfo=datetime.UTC),
}


@dataclass(frozen=True)
class Statement:
    """The SQL that reads some columns of the rows with one key, and what turns its values into Python's.

    converters: by position of the column, the expression that was selected and the functions to call.
    """

    sql: str
    converters: tuple[tuple[int, Any, tuple[Converter, ...]], ...]


@asked_again
def rows_by_key(
    model: type[models.Model], lookup: str, columns: tuple[str, ...], key: uuid.UUID
) -> list[tuple[Any, ...]]:
    """The values of the columns in all rows whose lookup is the key, in the order of the model.

    lookup: a path that ends at a UUID, as `filter` takes it: "pk", or "provision__case". The rows are those
    that `model._base_manager.filter(**{lookup: key}).values_list(*columns)` finds.
    """
    # Looked up once, where `connection` looks it up again and again.
    here = connections[DEFAULT_DB_ALIAS]
    statement = _compiled(model, lookup, columns, here.vendor)
    key_as_stored = KEY.get_db_prep_value(key, here)
    with here.cursor() as cursor:
        cursor.execute(statement.sql, [key_as_stored])
        rows = cursor.fetchall()
    return _converted(statement, rows)


def rows_by_keys(
    model: type[models.Model], lookup: str, columns: tuple[str, ...], keys: Iterable[uuid.UUID]
) -> list[tuple[Any, ...]]:
    """As `rows_by_key`, of all rows whose lookup is one of the keys."""
    return rows_asked(_with_keys(model, lookup, columns), tuple(keys))


@cache
def _with_keys(
    model: type[models.Model], lookup: str, columns: tuple[str, ...]
) -> Callable[[tuple[uuid.UUID, ...]], models.QuerySet]:
    return lambda keys: model._base_manager.filter(**{f"{lookup}__in": keys}).values_list(*columns)


def rows_of(build: Callable[..., models.QuerySet], *args: Hashable) -> list[tuple[Any, ...]]:
    """The rows of `build(*args)`, which is built once: a queryset of `values_list`, the same each time."""
    statement, params = _built(build, args, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, params)
        rows = cursor.fetchall()
    return _converted(statement, rows)


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


def object_by_key(model: "type[Row]", key: uuid.UUID) -> Row | None:
    """The object of that key with all its columns, or None."""
    names = _attributes(model)
    rows = rows_by_key(model, "pk", names, key)
    return model.from_db(connection.alias, names, rows[0]) if rows else None


@cache
def _attributes(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(column.attname for column in model._meta.concrete_fields)


@dataclass(frozen=True)
class Making:
    """How rows become objects: which columns are the object's own, and what is set beside them."""

    model: Any
    names: frozenset[str]
    columns: slice
    related: tuple[Any, ...]
    annotated: tuple[tuple[str, int], ...]

    def objects(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """The objects of the rows, as Django makes them."""
        # Looked up once, as below.
        make, database = self.model.from_db, connection.alias
        for row in rows:
            made = make(database, self.names, row[self.columns])
            for populator in self.related:
                populator.populate(row, made)
            for name, position in self.annotated:
                setattr(made, name, row[position])
            yield made


@dataclass(frozen=True)
class Question:
    """A statement with places for the values that it is asked with.

    params: of each, the value that it always has, or its position among the values that are given. making:
    None where rows are wanted.
    """

    statement: Statement
    making: Making | None
    params: tuple[tuple[Any, int | None], ...]
    prefetched: tuple[Any, ...] = ()

    def params_with(self, given: Sequence[Any]) -> list[Any]:
        """All parameters, with these values in their places."""
        return [one if at is None else given[at] for one, at in self.params]


@asked_again
def rows_asked(build: Callable[..., models.QuerySet], *values: Values) -> list[tuple[Any, ...]]:
    """The rows of `build(*values)`, a queryset of `values_list`, whose statement is compiled once.

    It is compiled with other values in their place: `build` may do nothing with them but filter by them. A
    tuple may not be empty; the order and the number of its values mean nothing.
    """
    # Looked up once, as above.
    here = connections[DEFAULT_DB_ALIAS]
    question, given = _question(build, values, here)
    with here.cursor() as cursor:
        cursor.execute(question.statement.sql, question.params_with(given))
        rows = cursor.fetchall()
    return _converted(question.statement, rows)


def number_asked(build: Callable[..., models.QuerySet], *values: Values) -> int:
    """How many rows `rows_asked` would return; they stay in the database."""
    question, given = _question(build, values, connection)
    counted = f"SELECT COUNT(*) FROM ({question.statement.sql}) counted"  # noqa: S608 (compiled by Django)
    with connection.cursor() as cursor:
        cursor.execute(counted, question.params_with(given))
        return int(cursor.fetchone()[0])


def objects_asked(build: Callable[..., "models.QuerySet[Row]"], *values: Values) -> list[Row]:
    """As `rows_asked`, of a queryset of objects, with what it selects, prefetches or annotates beside."""
    rows = rows_asked(build, *values)
    if not rows:
        return []
    question = _question(build, values, connection)[0]
    found = [*question.making.objects(rows)] if question.making else []
    if question.prefetched:
        models.prefetch_related_objects(found, *question.prefetched)
    return found


def _question(
    build: Callable[..., models.QuerySet], values: tuple[Values, ...], here: Any
) -> tuple[Question, list[Any]]:
    """here: the connection."""
    even = [_of_even_length(value) if isinstance(value, tuple) else value for value in values]
    shapes = tuple((type(one[0]), len(one)) if isinstance(one, tuple) else (type(one), 0) for one in even)
    given = [_prepared(value, here) for value in _one_by_one(even)]
    return _asked(build, shapes, here.vendor), given


def _of_even_length(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """The values, the last of them again and again, so that there are few lengths: 1, 2, 4, 8."""
    length = 1 << (len(values) - 1).bit_length()
    return values + values[-1:] * (length - len(values))


def _one_by_one(values: list[Values]) -> Iterator[Value]:
    for value in values:
        yield from value if isinstance(value, tuple) else (value,)


def _prepared(value: Value, here: Any) -> Any:
    """The value as the database has it."""
    if isinstance(value, uuid.UUID):
        return KEY.get_db_prep_value(value, here)
    return here.ops.adapt_datetimefield_value(value) if isinstance(value, datetime.datetime) else value


@lru_cache(maxsize=500)
def _asked(
    build: Callable[..., models.QuerySet], shapes: tuple[tuple[type, int], ...], vendor: str
) -> Question:
    """vendor: as above."""
    stand_ins: list[Values] = []
    count = 0
    for kind, length in shapes:
        some = tuple(STANDS_FOR[kind](count + number) for number in range(max(length, 1)))
        stand_ins.append(some if length else some[0])
        count += len(some)
    queryset = build(*stand_ins)
    compiler = queryset.query.get_compiler(connection=connection)
    statement, params = _statement_by(compiler)
    positions = {_prepared(value, connection): at for at, value in enumerate(_one_by_one(stand_ins))}
    of_values = tuple((one, positions.get(one) if isinstance(one, Hashable) else None) for one in params)
    prefetched: tuple[Any, ...] = queryset._prefetch_related_lookups  # type: ignore[attr-defined]
    return Question(statement, _making_by(compiler), of_values, prefetched)


def _making_by(compiler: Any) -> Making | None:
    """As ModelIterable of Django reads what was compiled."""
    if compiler.klass_info is None:
        return None
    own = compiler.klass_info["select_fields"]
    populators: Any = get_related_populators
    columns = slice(own[0], own[-1] + 1)
    return Making(
        compiler.klass_info["model"],
        frozenset(column[0].target.attname for column in compiler.select[columns]),
        columns,
        tuple(populators(compiler.klass_info, compiler.select, connection.alias)),
        tuple(compiler.annotation_col_map.items()),
    )


def _statement_of(queryset: models.QuerySet) -> tuple[Statement, tuple[Any, ...]]:
    return _statement_by(queryset.query.get_compiler(connection=connection))


def _statement_by(compiler: Any) -> tuple[Statement, tuple[Any, ...]]:
    sql, params = compiler.as_sql()
    selected = [expression for expression, _sql, _alias in compiler.select]
    converters = compiler.get_converters(selected)
    converted = tuple(
        (position, expression, tuple(functions)) for position, (functions, expression) in converters.items()
    )
    return Statement(sql, converted), tuple(params)


def _converted(statement: Statement, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    if not statement.converters or not rows:
        return rows
    # Looked up once, where `connection` looks it up for each value.
    here, converted = connections[DEFAULT_DB_ALIAS], []
    for row in rows:
        values = list(row)
        for position, expression, functions in statement.converters:
            for convert in functions:
                values[position] = convert(values[position], expression, here)
        converted.append(tuple(values))
    return converted
