"""Values as the database stores them, and as files hold them, without an object of Python in between."""

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, models

from cases.filters.keys import AnyOf

# What stands for the keys in a statement that is compiled once.
ANY = AnyOf([UUID("a11e2f00-0000-4000-8000-000000000a12")])


class AsText(models.Func):
    """A moment or a day as SQLite stores it, which is text; of any other database, as it gives it."""

    template = "%(expressions)s"
    arity = 1
    output_field = models.CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """By CAST: of a column, SQLite's client would make what the column was declared to hold."""
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS TEXT)", **context)


def moment_as_text(moment: datetime.datetime | str | None) -> str | None:
    """The moment, in UTC, as ISO 8601 has it."""
    if isinstance(moment, str):
        return f"{moment[:10]}T{moment[11:]}+00:00"
    return None if moment is None else moment.isoformat()


def address_of_key(key: UUID | str) -> str:
    """The key with its hyphens; SQLite stores its digits alone."""
    if isinstance(key, str):
        return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"
    return str(key)


class ByKeys:
    """A statement that finds rows by the keys of entries, compiled once for all pages of a table.

    rows: a queryset of `values_list`, of the rows whose keys are ANY.
    """

    def __init__(self, rows: models.QuerySet) -> None:
        self._compiler = rows.query.get_compiler(connection=connection)
        self._sql, params = self._compiler.as_sql()
        selected = [expression for expression, _sql, _alias in self._compiler.select]
        self._converters = self._compiler.get_converters(selected)
        stands_for = ANY.parameter(connection.vendor)
        self._params = [None if one == stands_for else one for one in params]

    def rows(self, keys: Any) -> Iterable[Any]:
        """The rows, as Django's own querysets give them. keys: what `AnyOf.parameter` says."""
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [keys if one is None else one for one in self._params])
            found = cursor.fetchall()
        return self._compiler.apply_converters(found, self._converters) if self._converters else found
