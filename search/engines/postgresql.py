"""The index in PostgreSQL: columns of the type tsvector in the table of documents, made of its texts."""

from typing import Any

from search.asking import Asked
from search.engines.expressions import phrases_of

MADE_OF = {
    "wholes": "to_tsvector('simple', wholes)",
    "names": "to_tsvector('simple', names)",
    "anywhere": "to_tsvector('simple', names || ' ' || body)",
}


def prepare(connection: Any, table: str) -> bool:
    """Add the columns, and their indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM information_schema.columns WHERE table_name = %s AND column_name = %s"
            " AND table_schema = current_schema()",
            [table, "anywhere_index"],
        )
        if cursor.fetchone():
            return False
        for name, made in MADE_OF.items():
            cursor.execute(
                f"ALTER TABLE {table} ADD COLUMN {name}_index tsvector GENERATED ALWAYS AS ({made}) STORED"
            )
            cursor.execute(f"CREATE INDEX {table}_{name}_index ON {table} USING gin ({name}_index)")
    return True


def remove(connection: Any, table: str) -> None:
    """Drop the columns, and their indexes with them."""
    with connection.cursor() as cursor:
        for name in MADE_OF:
            cursor.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS {name}_index")


def answers(table: str, asked: Asked, where: str, kind: str, *, is_any: bool) -> tuple[str, str, list[Any]]:
    """A match of one of the columns."""
    wanted, without = phrases_of(asked, where)
    runs = (" | " if is_any else " & ").join(_one_of(several) for several in wanted)
    condition = f"document.kind = %s AND document.{where}_index @@ to_tsquery('simple', %s)"
    values = [kind, f"({runs})"]
    if without:
        condition += " AND document.anywhere_index @@ to_tsquery('simple', %s)"
        values.append(" & ".join(f"!{_one_of([run])}" for run in without))
    return f"{table} AS document", condition, values


def _one_of(runs: list[str]) -> str:
    return "(" + " | ".join("(" + " <-> ".join(f"'{one}'" for one in run.split()) + ")" for run in runs) + ")"
