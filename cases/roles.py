"""Who was how often in a role: counted as the list of cases counts, an organ for its body, too."""

from typing import Any
from uuid import UUID

from django.db import connection, models

from cases.models import Actor, Case, Participation
from cases.vocabulary import PartyRole, Review

# From each actor in the role up to the bodies that it is part of; a case counts once for each of them.
# CROSS JOIN, so that SQLite looks each part up along the index of actors and roles.
BUSIEST = """\
WITH RECURSIVE up(part, body) AS (
    SELECT DISTINCT "{parts}"."actor_id", "{parts}"."actor_id" FROM "{parts}" WHERE "{parts}"."role" = %s
    UNION
    SELECT up.part, "{actors}"."part_of_id" FROM "{actors}" JOIN up ON up.body = "{actors}"."{key}"
    WHERE "{actors}"."part_of_id" IS NOT NULL
)
SELECT up.body, COUNT(DISTINCT "{parts}"."case_id") AS cases
FROM up CROSS JOIN "{parts}" CROSS JOIN "{cases}"
WHERE "{cases}"."{case_key}" = "{parts}"."case_id" AND "{cases}"."review" = %s
AND up.part = "{parts}"."actor_id" AND "{parts}"."role" = %s
GROUP BY up.body ORDER BY cases DESC, up.body LIMIT %s
"""


def busiest_in(role: PartyRole, *, most: int) -> list[Any]:
    """The actors that had the role in most reviewed cases, with that number as `cases_in_role`."""
    numbers = _numbers(role, most)
    actors = Actor.objects.in_sight().without_prose().in_bulk(numbers)
    found: list[Any] = [actors[key] for key in numbers if key in actors]
    for actor in found:
        actor.cases_in_role = numbers[actor.pk]
    return found


def _numbers(role: PartyRole, most: int) -> dict[UUID, int]:
    """In how many cases each of them had it, the most first."""
    sql = BUSIEST.format(
        parts=Participation._meta.db_table,
        actors=Actor._meta.db_table,
        key=Actor._meta.pk.column,
        cases=Case._meta.db_table,
        case_key=Case._meta.pk.column,
    )
    key = models.UUIDField()
    with connection.cursor() as cursor:
        cursor.execute(sql, [role.value, Review.REVIEWED.value, role.value, most])
        return {_as_uuid(key, value): number for value, number in cursor.fetchall()}


def _as_uuid(key: models.UUIDField, value: object) -> UUID:
    """SQLite gives text, PostgreSQL a UUID."""
    return key.to_python(value)
