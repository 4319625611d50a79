"""The search's documents follow every revision, in its transaction; the database makes its index of them."""

from django.db import connections, transaction

from publishing import snapshots
from publishing.beforehand import worked_out
from publishing.models import Entry, Revision, SearchDocument, SearchWord
from publishing.models.search import all_names_in, codes_in, columns_of_texts, document_of, words_of
from publishing.snapshots import Snapshot
from publishing.writing import change_rows, insert_missing, put_rows
from search.engines import engine_of
from search.skeletons import skeleton

COLUMNS = ("kind", "called", "wholes", "names", "body", "texts")
TABLE = SearchDocument._meta.db_table
AT_ONCE = 200


def put(*published: Snapshot, known: Snapshot | None = None) -> None:
    """Let the search find the entries by what their snapshots say, which the tables say already.

    known: what the only one of them said before, so that the words of its names are there.
    """
    if known is not None and not worked_out(names_differ, known, *published) and _change_texts(*published):
        return
    documents = [worked_out(document_of, snapshot) for snapshot in published]
    put_rows(documents, unique=("entry_id",), change=COLUMNS)
    _add_words({word: shown for one in published for word, shown in words_of(one).items()})


def names_differ(a: Snapshot, b: Snapshot) -> bool:
    """Whether the two do not say the same names and codes."""
    return all_names_in(a) != all_names_in(b) or codes_in(a) != codes_in(b)


def _change_texts(snapshot: Snapshot) -> bool:
    """Write what the texts of the entry say, where its document is there; whether it is."""
    columns = worked_out(columns_of_texts, snapshot)
    return change_rows(SearchDocument, snapshot["id"], of="entry_id", **columns) > 0


def drop(entry: Entry) -> None:
    """Let the search find the entry no more."""
    SearchDocument.objects.filter(entry=entry).delete()


def right_document(entry: Entry, newest: Revision) -> SearchDocument | None:
    """What the document of the entry must be, by its newest revision; writes nothing."""
    return None if entry.is_retracted else document_of(snapshots.conformed(newest.snapshot))


def differs(entry: Entry, newest: Revision) -> bool:
    """Whether the search has another document of the entry than it must have."""
    kept, wanted = getattr(entry, "searched", None), right_document(entry, newest)
    if kept is None or wanted is None:
        return kept is not wanted
    return any(getattr(kept, column) != getattr(wanted, column) for column in COLUMNS)


@transaction.atomic
def rebuild_search() -> int:
    """Make all documents, all words and the index again; returns the number of documents.

    Wanted after a change of how texts are folded or stemmed.
    """
    SearchWord.objects.all().delete()
    SearchDocument.objects.all().delete()
    entries = [*Entry.objects.published().filter(revision__gt=0).order_by("pk")]
    for start in range(0, len(entries), AT_ONCE):
        block = [entry.pk for entry in entries[start : start + AT_ONCE]]
        newest = Revision.objects.last_of_all(block).order_by("entry_id")
        put(*(snapshots.conformed(revision.snapshot) for revision in newest))
    return len(entries)


def prepare_index(using: str = "default") -> bool:
    """Make the database's index where it is not there; whether it was made now."""
    return engine_of(connections[using]).prepare(connections[using], TABLE)


def remove_index(using: str = "default") -> None:
    """Undo that."""
    engine_of(connections[using]).remove(connections[using], TABLE)


def _add_words(words: dict[str, str]) -> None:
    rows = [
        SearchWord(word=word, shown=words[word], letters=len(word), skeleton=skeleton(word))
        for word in sorted(words)
    ]
    insert_missing(rows)
