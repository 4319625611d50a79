"""Who was how often in a role: counted as the list of cases counts, an organ for its body, too."""

from uuid import UUID

from django.db import connection, models

from cases.models import Actor, Case, Participation
from cases.vocabulary import PartyRole, Review

# From each actor in the role up to the bodies that it is part of; a case counts once for each of them.
# CROSS JOIN, so that SQLite looks each part up along the index of actors and roles. Cases that are only coded
# are usually few: they are left out by their keys, since to look up each other case takes longer.
BUSIEST = """\
WITH RECURSIVE up(part, body) AS (
    SELECT DISTINCT "{parts}"."actor_id", "{parts}"."actor_id" FROM "{parts}" WHERE "{parts}"."role" = %s
    UNION
    SELECT up.part, "{actors}"."part_of_id" FROM "{actors}" JOIN up ON up.body = "{actors}"."{key}"
    WHERE "{actors}"."part_of_id" IS NOT NULL
)
SELECT up.body, COUNT(DISTINCT "{parts}"."case_id") AS cases
FROM up CROSS JOIN "{parts}"
WHERE up.part = "{parts}"."actor_id" AND "{parts}"."role" = %s
AND "{parts}"."case_id" NOT IN (SELECT "{case_key}" FROM "{cases}" WHERE "{cases}"."review" = %s)
GROUP BY up.body ORDER BY cases DESC, up.body LIMIT %s
"""


def busiest_in(role: PartyRole, *, most: int) -> dict[UUID, int]:
    """The keys of the actors that had the role in most cases that are not only coded, with their number."""
    sql = BUSIEST.format(
        parts=Participation._meta.db_table,
        actors=Actor._meta.db_table,
        key=Actor._meta.pk.column,
        cases=Case._meta.db_table,
        case_key=Case._meta.pk.column,
    )
    key = models.UUIDField()
    with connection.cursor() as cursor:
        cursor.execute(sql, [role.value, role.value, Review.CODED.value, most])
        return {_as_uuid(key, value): number for value, number in cursor.fetchall()}


def _as_uuid(key: models.UUIDField, value: object) -> UUID:
    """SQLite gives text, PostgreSQL a UUID."""
    return key.to_python(value)
