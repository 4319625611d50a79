"""The index in SQLite: FTS5 over the table of documents, which triggers keep up to date."""

from typing import Any

from search.asking import Asked
from search.engines.expressions import phrases_of

COLUMNS = ("kind", "wholes", "names", "body")
IN = {"wholes": "{wholes}", "names": "{names}", "anywhere": "{names body}"}
# Stems are letters and digits already.
TOKENS = "unicode61 remove_diacritics 0"


def index_of(table: str) -> str:
    """The name of the virtual table; those in which FTS5 keeps it begin with it."""
    return f"{table}_index"


def prepare(connection: Any, table: str) -> bool:
    """Make the index and its triggers."""
    index, names = index_of(table), ", ".join(COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name IN (%s, %s)", [index, f"{index}_removed"])
        if len(cursor.fetchall()) == 2:
            return False
        remove(connection, table)
        cursor.execute(
            f"CREATE VIRTUAL TABLE {index} USING fts5({names}, content='{table}', content_rowid='id', "
            f"columnsize=0, tokenize='{TOKENS}')"
        )
        put = f"INSERT INTO {index} (rowid, {names}) VALUES (new.id, {_of('new')});"  # noqa: S608
        drop = f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', old.id, {_of('old')});"  # noqa: S608
        for name, when, what in (
            ("added", "INSERT", put),
            ("removed", "DELETE", drop),
            ("changed", "UPDATE", f"{drop} {put}"),
        ):
            cursor.execute(f"CREATE TRIGGER {index}_{name} AFTER {when} ON {table} BEGIN {what} END")
        cursor.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")  # noqa: S608
    return True


def remove(connection: Any, table: str) -> None:
    """Drop the triggers and the index."""
    index = index_of(table)
    with connection.cursor() as cursor:
        for name in ("added", "removed", "changed"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {index}_{name}")
        cursor.execute(f"DROP TABLE IF EXISTS {index}")


def answers(table: str, asked: Asked, where: str, kind: str, *, is_any: bool) -> tuple[str, str, list[Any]]:
    """A MATCH of the index, which the documents are joined to: so a LIMIT ends it early."""
    wanted, without = phrases_of(asked, where)
    runs = (" OR " if is_any else " AND ").join(_one_of(IN[where], several) for several in wanted)
    found = f"({runs})" + "".join(f" NOT {_one_of(IN['anywhere'], [run])}" for run in without)
    index = index_of(table)
    return (
        f"{index} CROSS JOIN {table} AS document ON document.id = {index}.rowid",
        f"{index} MATCH %s",
        [f"{_one_of('kind', [kind])} AND ({found})"],
    )


def _one_of(columns: str, runs: list[str]) -> str:
    # Stems have no quotation marks, so that nothing of them can be read as part of the question.
    return "(" + " OR ".join(f'{columns} : "{run}"' for run in runs) + ")"


def _of(row: str) -> str:
    return ", ".join(f"{row}.{name}" for name in COLUMNS)
