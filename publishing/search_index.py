"""What the index of the search answers: which documents have which words, and how many there are."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

from publishing.models import SearchDocument
from publishing.models.entry import kinds
from publishing.vocabulary import EntryState
from search.asking import Asked, Word
from search.engines import ANYWHERE, WHOLE, engine_of

# So many of each kind are put in order; behind them stands what the index gave first.
MOST_RANKED = 40
# So many of each kind are counted.
MOST_COUNTED = 1000
# So many words are looked up by one statement: SQLite takes no more than 500 parts of a union.
MOST_WORDS = 30

TABLE = SearchDocument._meta.db_table
# Whether readers see the entry of a document.
IN_SIGHT = (
    "JOIN publishing_entry AS entry ON entry.id = document.entry_id AND entry.is_in_use AND entry.state = %s"
)


def counts(asked: Asked, *, is_any: bool = False) -> dict[str, int]:
    """How many answer, by kind; counting ends behind MOST_COUNTED."""
    parts, values = [], []
    for kind in kinds():
        sql, parameters = _of_kind(asked, kind, ANYWHERE, MOST_COUNTED + 1, is_any=is_any)
        parts.append(f"SELECT '{kind}', count(*) FROM ({sql}) AS found")  # noqa: S608 - no values
        values += parameters
    return {kind: number for kind, number in _rows(" UNION ALL ".join(parts), values) if number}


def candidates(
    asked: Asked,
    of_kinds: Iterable[str],
    levels: Iterable[str],
    *,
    is_any: bool = False,
    most: int = MOST_RANKED,
) -> list[Any]:
    """The keys of those that may answer, of each kind and from each level so many."""
    parts, values = [], []
    for level in levels:
        if level == WHOLE and not asked.names:
            continue
        for kind in of_kinds:
            sql, parameters = _of_kind(asked, kind, level, most, is_any=is_any)
            parts.append(f"SELECT id FROM ({sql}) AS found")  # noqa: S608 - no values
            values += parameters
    return [key for (key,) in _rows(" UNION ".join(parts), values)] if parts else []


def occurring(words: Sequence[Word]) -> set[Word]:
    """Those of the words that stand anywhere, in one of their forms; by one statement for some dozens."""
    parts, values = [], []
    for number, word in enumerate(words[:MOST_WORDS]):
        for kind in kinds():
            sql, parameters = _of_kind(Asked(words=(word,)), kind, ANYWHERE, 1, is_any=False)
            parts.append(f"SELECT {number} FROM ({sql}) AS found")  # noqa: S608 - no values
            values += parameters
    return {words[number] for (number,) in _rows(" UNION ".join(parts), values)} if parts else set()


def question_of(runs: Iterable[str], kind: str) -> tuple[str, ...]:
    """What the index is asked for documents of the kind that have one of the runs of stems."""
    asked = Asked(words=(Word("", "", (*sorted(runs),)),))
    return (*engine_of(connection).answers(TABLE, asked, ANYWHERE, kind, is_any=False)[2],)


def having(question: Iterable[str], most: int) -> models.QuerySet[SearchDocument]:
    """So many documents as answer such a question, also of entries that nobody sees.

    As a queryset it can stand in a question about their entries, so that pages know what they asked.
    """
    # All that is asked is in the values.
    source, condition, _values = engine_of(connection).answers(
        TABLE, Asked(words=(Word("", "", ("",)),)), ANYWHERE, "", is_any=False
    )
    sql = f"SELECT document.id FROM {source} WHERE {condition} LIMIT {int(most)}"  # noqa: S608 - no values
    return SearchDocument.objects.filter(pk__in=RawSQL(sql, (*question,)))  # noqa: S611 - the same


def _of_kind(asked: Asked, kind: str, where: str, most: int, *, is_any: bool) -> tuple[str, list[Any]]:
    engine = engine_of(connection)
    source, condition, values = engine.answers(TABLE, asked, where, kind, is_any=is_any)
    sql = f"SELECT document.id AS id FROM {source} {IN_SIGHT} WHERE {condition} LIMIT {int(most)}"  # noqa: S608
    return sql, [EntryState.PUBLISHED, *values]


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
