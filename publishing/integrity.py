"""Whether what is public is what was published: the chain of digests, and the tables against it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publishing import snapshots
from publishing.actions.steps import digest
from publishing.models import ChainHead, Entry, EntryNames, Revision, TextAges, Translation
from publishing.models.entry import kinds
from publishing.names import COLUMNS, right_names
from publishing.translations.bookkeeping import ages_from_the_beginning, translation_counts
from publishing.vocabulary import ChangeClass, EntryState


@dataclass(frozen=True)
class Fault:
    """Something that was changed behind the door's back: where, and what is wrong."""

    where: str
    what: str


def broken_links() -> Iterator[Fault]:
    """The faults of the chain, oldest first; every revision after a break is still checked by itself."""
    previous = ""
    for revision in Revision.objects.order_by("pk").iterator(chunk_size=200):
        where = f"revision {revision.number} of entry {revision.entry_id}"
        if revision.previous_digest != previous:
            yield Fault(where, "does not follow the revision before it: one was removed, added or changed")
        if digest(revision) != revision.digest:
            yield Fault(where, "was changed after it was published")
        previous = revision.digest
    if previous != ChainHead.objects.get(pk=1).digest:
        yield Fault("the end of the chain", "is not the newest revision: the newest were removed")


def strayed_entries() -> Iterator[Fault]:
    """Entries that the tables tell otherwise than their newest revision does."""
    for entry in Entry.objects.order_by("pk").iterator(chunk_size=200):
        where = f"{entry.kind} “{entry}” ({entry.pk})"
        newest = entry.revisions.order_by("-number").first()
        if newest is None:
            yield Fault(where, "was never published")
        elif newest.number != entry.revision:
            yield Fault(where, f"says that revision {entry.revision} is its newest, but {newest.number} is")
        else:
            yield from _strayed(where, entry, newest)


def _strayed(where: str, entry: Entry, newest: Revision) -> Iterator[Fault]:
    is_retracted = newest.change_class == ChangeClass.RETRACTION
    if is_retracted != (entry.state == EntryState.RETRACTED):
        yield Fault(where, f"is {entry.state}, but its newest revision is a {newest.change_class}")
        return
    kind = kinds()[entry.kind]
    has_content = kind._base_manager.filter(pk=entry.pk).exists()
    if is_retracted:
        if has_content:
            yield Fault(where, "is retracted, but its content is still in the tables")
        return
    if not has_content:
        yield Fault(where, "has lost its content")
        return
    for change in snapshots.diff(snapshots.conformed(newest.snapshot), snapshots.freeze(entry)):
        yield Fault(where, f"differs from its newest revision in {change.path}")


def strayed_translations() -> Iterator[Fault]:
    """Entries whose texts are younger or older by the tables than by their revisions and checks."""
    for entry in Entry.objects.order_by("pk").iterator(chunk_size=200):
        where = f"{entry.kind} “{entry}” ({entry.pk})"
        wanted = ages_from_the_beginning(entry.pk)
        kept = TextAges.objects.filter(entry_id=entry.pk).first()
        if kept is None or kept.ages != wanted:
            yield Fault(
                where, "has texts of another age than its revisions say; rebuild_translations mends it"
            )
        elif _said(Translation.objects.filter(entry_id=entry.pk)) != _said(
            translation_counts(entry.pk, wanted)
        ):
            yield Fault(where, "counts its translations wrongly; rebuild_translations mends it")


def strayed_names() -> Iterator[Fault]:
    """Entries that are found or sorted by other names than those of their newest revision."""
    entries = Entry.objects.select_related("names").filter(revision__gt=0).order_by("pk")
    for entry in entries.iterator(chunk_size=200):
        kept, wanted = getattr(entry, "names", None), right_names(entry)
        if kept is None or any(_value(kept, one) != _value(wanted, one) for one in COLUMNS):
            where = f"{entry.kind} “{entry}” ({entry.pk})"
            yield Fault(where, "is found or sorted by another name than its own; rebuild_names mends it")


def _value(names: EntryNames, column: str) -> str | bytes:
    value = getattr(names, column)
    return value if isinstance(value, str) else bytes(value)


def _said(translations: Iterable[Translation]) -> list[tuple]:
    return sorted((one.language, one.missing, one.stale, one.done, one.stale_since) for one in translations)
