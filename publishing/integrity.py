"""Whether what is public is what was published: the chain of digests, and the tables against it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from publishing import heads, snapshots
from publishing.actions.steps import digest
from publishing.actions.use import entries_in_use
from publishing.addresses import is_reserved
from publishing.fields.snapshots import UnreadableSnapshot, snapshot_in
from publishing.models import (
    AsKept,
    ChainHead,
    Entry,
    EntryNames,
    Revision,
    SignedHead,
    TextAges,
    Translation,
)
from publishing.models.entry import kinds
from publishing.names import COLUMNS, right_names
from publishing.search_documents import differs
from publishing.translations.bookkeeping import FromHistory, from_histories, translation_counts
from publishing.vocabulary import ChangeClass, EntryState

# How many entries are read by the same queries.
AT_ONCE = 200


@dataclass(frozen=True)
class Fault:
    """Something that was changed without the actions of publishing: where, and what is wrong."""

    where: str
    what: str


def broken_links() -> Iterator[Fault]:
    """The faults of the chain, oldest first; the revisions after a fault are still checked."""
    previous = ""
    revisions = Revision.objects.defer("snapshot").annotate(kept=AsKept()).order_by("pk")
    for revision in revisions.iterator(chunk_size=200):
        where = f"revision {revision.number} of entry {revision.entry_id}"
        if revision.previous_digest != previous:
            yield Fault(where, "does not follow the revision before it: one was removed, added or changed")
        yield from _faults_of(revision, where)
        previous = revision.digest
    if previous != ChainHead.objects.get(pk=1).digest:
        yield Fault("the end of the chain", "is not the newest revision: the newest were removed")


def _faults_of(revision: Revision, where: str) -> Iterator[Fault]:
    """What is wrong with the revision by itself; what is kept of its snapshot is in `kept`."""
    try:
        revision.snapshot = snapshot_in(bytes(revision.kept))  # type: ignore[attr-defined]
    except UnreadableSnapshot:
        yield Fault(where, "cannot be read: its snapshot is damaged, or the revision that it differs from is")
        return
    if digest(revision) != revision.digest:
        yield Fault(where, "was changed after it was published")
    kind = revision.snapshot.get("kind")
    if revision.kind != kind:
        yield Fault(where, f"is listed under the kind {revision.kind}, but is of the kind {kind}")


def faults_of_tables() -> Iterator[Fault]:
    """All that the tables say otherwise than the newest revisions of their entries."""
    try:
        for check in (
            *(differing_entries, differing_translations, differing_names, differing_search),
            *(differing_use, hidden_pages),
        ):
            yield from check()
    except (UnreadableSnapshot, LookupError, TypeError, AttributeError) as error:
        yield Fault("what the tables say", f"was not all compared: a revision cannot be read ({error!r})")


def faults_of_heads(lines: Iterable[tuple[str, str]], key: str | None) -> Iterator[Fault]:
    """What is wrong with signed heads, each given as (where it stands, its line).

    key: the public key that they must be signed with; None where it is not known.
    """
    read = {}
    for where, line in lines:
        try:
            head = heads.read_head(line)
        except heads.InvalidHead as error:
            yield Fault(where, str(error))
            continue
        if refused := heads.why_not_signed_by(head, key):
            yield Fault(where, refused)
        else:
            read[head] = where
    for head, why in heads.why_contradicted(read):
        yield Fault(f"{read[head]}, signed on {head.made_at:%Y-%m-%d}", f"is contradicted: {why}")


def published_heads() -> Iterator[Fault]:
    """The signed heads of the table that are not right; of those signed with an earlier key, too."""
    lines = SignedHead.objects.order_by("day").values_list("day", "line")
    return faults_of_heads(((f"the signed head of {day}", line) for day, line in lines), key=None)


def differing_entries(among: QuerySet[Entry] | None = None) -> Iterator[Fault]:
    """Entries whose content in the tables differs from their newest revision; of all, or among these."""
    for block in _blocks(Entry.objects.all() if among is None else among):
        newest, stored = _newest_of(block), snapshots.freeze_all(block)
        for entry in block:
            revision, where = newest.get(entry.pk), _where(entry)
            if revision is None:
                yield Fault(where, "was never published")
            elif revision.number != entry.revision:
                yield Fault(
                    where, f"says that revision {entry.revision} is its newest, but {revision.number} is"
                )
            else:
                yield from _differences(where, entry, revision, stored.get(str(entry.pk)))


def _differences(
    where: str, entry: Entry, newest: Revision, stored: snapshots.Snapshot | None
) -> Iterator[Fault]:
    """stored: what the tables say of it; None where it has no content there."""
    is_retracted = newest.change_class == ChangeClass.RETRACTION
    if is_retracted != (entry.state == EntryState.RETRACTED):
        yield Fault(where, f"is {entry.state}, but its newest revision is a {newest.change_class}")
        return
    if is_retracted:
        if stored is not None:
            yield Fault(where, "is retracted, but its content is still in the tables")
        return
    if stored is None:
        yield Fault(where, "has lost its content")
        return
    for change in snapshots.diff(snapshots.conformed(newest.snapshot), stored):
        yield Fault(where, f"differs from its newest revision in {change.path}")


def hidden_pages() -> Iterator[Fault]:
    """Entries at whose address another page stands."""
    published = Entry.objects.published().order_by("pk")
    for key, kind, slug in published.values_list("pk", "kind", "slug").iterator(chunk_size=1000):
        if is_reserved(kinds()[kind].PAGE, slug):
            yield Fault(f"{kind} “{slug}” ({key})", "is hidden by another page at its address; rename it")


def differing_use() -> Iterator[Fault]:
    """Published entries that are stored as in use and are not, or the other way round."""
    in_use = entries_in_use()
    for entry in Entry.objects.published().order_by("pk").iterator(chunk_size=200):
        if entry.is_in_use != (entry.pk in in_use):
            stored = "in use" if entry.is_in_use else "not in use"
            yield Fault(
                _where(entry),
                f"is stored as {stored} and is not; rebuild_use mends it"
                if entry.is_in_use
                else f"is stored as {stored}, but is used; rebuild_use mends it",
            )


def differing_translations() -> Iterator[Fault]:
    """Entries whose stored text ages or translation counts differ from those computed from their history."""
    for block in _blocks(Entry.objects.all()):
        keys = [entry.pk for entry in block]
        expected, stored = dict(from_histories(keys)), TextAges.objects.in_bulk(keys)
        counted: dict[Any, list[Translation]] = defaultdict(list)
        for one in Translation.objects.filter(entry_id__in=keys):
            counted[one.entry_id].append(one)
        for entry in block:
            found = expected.get(entry.pk, FromHistory())
            if entry.pk not in stored or stored[entry.pk].ages != found.ages:
                yield Fault(
                    _where(entry),
                    "has texts of another age than its revisions say; rebuild_translations mends it",
                )
            elif _counts(counted[entry.pk]) != _counts(
                translation_counts(entry.pk, found.ages, found.texts, found.published_at)
            ):
                yield Fault(_where(entry), "counts its translations wrongly; rebuild_translations mends it")


def differing_names() -> Iterator[Fault]:
    """Entries that are found or sorted by other names than those of their newest revision."""
    for entry, newest in _with_newest(Entry.objects.select_related("names")):
        kept, wanted = getattr(entry, "names", None), right_names(entry, newest)
        if kept is None or any(_value(kept, one) != _value(wanted, one) for one in COLUMNS):
            yield Fault(
                _where(entry), "is found or sorted by another name than its own; rebuild_names mends it"
            )


def differing_search() -> Iterator[Fault]:
    """Entries that the search finds by other texts than those of their newest revision, or not at all."""
    for entry, newest in _with_newest(Entry.objects.select_related("searched")):
        if differs(entry, newest):
            yield Fault(_where(entry), "is searched by another text than its own; rebuild_search mends it")


def _with_newest(entries: QuerySet[Entry]) -> Iterator[tuple[Entry, Revision]]:
    """The entries that were published, each with its newest revision."""
    for block in _blocks(entries.filter(revision__gt=0)):
        newest = _newest_of(block)
        yield from ((entry, newest[entry.pk]) for entry in block if entry.pk in newest)


def _blocks(entries: QuerySet[Entry]) -> Iterator[list[Entry]]:
    ordered = entries.order_by("pk").iterator(chunk_size=AT_ONCE)
    while block := [*islice(ordered, AT_ONCE)]:
        yield block


def _newest_of(block: list[Entry]) -> dict[Any, Revision]:
    listed = Revision.objects.last_of_all([entry.pk for entry in block])
    return {revision.entry_id: revision for revision in listed}


def _where(entry: Entry) -> str:
    return f"{entry.kind} “{entry}” ({entry.pk})"


def _value(names: EntryNames, column: str) -> str | bytes:
    value = getattr(names, column)
    return value if isinstance(value, str) else bytes(value)


def _counts(translations: Iterable[Translation]) -> list[tuple]:
    return sorted(
        (one.language, one.missing, one.stale, one.done, one.stale_since, one.words_left, one.words_done)
        for one in translations
    )
