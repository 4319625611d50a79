"""The names by which entries are searched and sorted: they follow every revision, in its transaction."""

from django.db import transaction

from publishing import snapshots
from publishing.languages import columns_of_text
from publishing.models import Entry, EntryNames, Proposal, Revision
from publishing.models.names import found_by, names_of
from publishing.snapshots import Snapshot
from publishing.writing import put_rows
from search.queries import lines

COLUMNS = tuple(column.name for column in EntryNames._meta.concrete_fields if not column.primary_key)
AT_ONCE = 200


def keep_names(*snapshots: Snapshot) -> None:
    """Bring the names of the entries up to their snapshots, which the tables say already."""
    _keep([names_of(snapshot) for snapshot in snapshots])


def names_in_order(snapshot: Snapshot) -> list[str]:
    """All that the names of an entry follow from."""
    titles = (str(snapshot["fields"].get(column) or "") for column in columns_of_text("title"))
    return [*titles, *found_by(snapshot)]


def names_change(known: Snapshot, now: Snapshot) -> bool:
    """Whether the names of an entry change with what it says now."""
    return names_in_order(known) != names_in_order(now)


def right_names(entry: Entry, newest: Revision) -> EntryNames:
    """What the names of the entry must be, by its newest revision; writes nothing."""
    snapshot = snapshots.conformed(newest.snapshot)
    return names_of({**snapshot, "rows": {}} if entry.is_retracted else snapshot)


@transaction.atomic
def rebuild_names() -> int:
    """Work all names out again, those of proposals too; returns the number of entries.

    Wanted after a change of how texts are folded or sorted, and after a language was added.
    """
    entries = [*Entry.objects.filter(revision__gt=0).order_by("pk")]
    for start in range(0, len(entries), AT_ONCE):
        block = {entry.pk: entry for entry in entries[start : start + AT_ONCE]}
        newest = Revision.objects.last_of_all(block).order_by("entry_id")
        _keep([right_names(block[revision.entry_id], revision) for revision in newest])
    for proposal in Proposal.objects.select_related("revision").order_by("pk").iterator(chunk_size=AT_ONCE):
        folded = lines([*found_by(proposal.wanted), proposal.note])
        Proposal.objects.filter(pk=proposal.pk).update(folded=folded)
    return len(entries)


def _keep(names: list[EntryNames]) -> None:
    put_rows(names, unique=("entry_id",), change=COLUMNS)
