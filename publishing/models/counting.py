"""Numbers of rows: beside each row of a list, and of several lists at once."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.functions import Coalesce


def number_of(rows: models.QuerySet, column: str) -> Coalesce:
    """How many of the rows point to a row of the list by the column.

    Each number is counted by itself, along an index: a join would count all rows before the page is cut.
    """
    counted = rows.filter(**{column: models.OuterRef("pk")}).order_by().values(column)
    return Coalesce(models.Subquery(counted.values(number=models.Count("pk"))), 0)


# So many of each are counted where the numbers of several lists stand on one page.
MOST_TOGETHER = 1000


def counted_together(lists: Mapping[str, models.QuerySet]) -> dict[str, int]:
    """How many rows each of the lists has, in one query; of many one more than MOST_TOGETHER."""
    numbers = dict.fromkeys(lists, 0)
    parts: list[str] = []
    params: list[tuple[str, Any]] = []
    for name, rows in lists.items():
        try:
            sql, own = rows[: MOST_TOGETHER + 1].query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT {len(parts)}, COUNT(*) FROM ({sql}) counted")  # noqa: S608 (compiled)
        params.append((name, own))
    if not parts:
        return numbers
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [value for _name, own in params for value in own])
        found = dict(cursor.fetchall())
    return numbers | {name: found[number] for number, (name, _own) in enumerate(params)}
