"""Publishes the starter content of a new casebook."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from publishing.actions.new_entries import publish_new
from publishing.models import Entry, OldSlug, Revision
from publishing.snapshots import Snapshot, references
from publishing.vocabulary import FIRST_PUBLISHED, OWN_SIGNATURE, Language

# So many entries become public in one transaction: a load that is broken off keeps those before.
AT_ONCE = 100


def not_yet_present(snapshots: Iterable[Snapshot]) -> list[Snapshot]:
    """The snapshots whose entries do not exist; retracted entries exist."""
    present = _keys_of_all_entries()
    return [snapshot for snapshot in snapshots if snapshot["id"] not in present]


def are_present(keys: set[str]) -> bool:
    """Whether there is an entry, published or retracted, with each of the keys."""
    return keys <= _keys_of_all_entries()


def _keys_of_all_entries() -> set[str]:
    return {str(key) for key in Entry.objects.values_list("pk", flat=True)}


def publishable(snapshots: Iterable[Snapshot]) -> tuple[list[Snapshot], list[Snapshot]]:
    """The snapshots that can be published, and those that cannot.

    snapshots: of new entries, references first. An entry cannot be published where another one has its
    address, or where it points to one that is not public: editors may have added, merged or retracted some.
    """
    possible: list[Snapshot] = []
    left_out: list[Snapshot] = []
    public = {str(key) for key in Entry.objects.published().values_list("pk", flat=True)}
    taken = {*Entry.objects.values_list("kind", "slug"), *OldSlug.objects.values_list("kind", "slug")}
    for snapshot in snapshots:
        address = (snapshot["kind"], snapshot["fields"]["slug"])
        if address in taken or references(snapshot) - public:
            left_out.append(snapshot)
        else:
            possible.append(snapshot)
            public.add(snapshot["id"])
    return possible, left_out


def publish_starter(snapshots: Sequence[Snapshot], *, by: Any) -> Iterator[Revision]:
    """Publish the snapshots, each as a new entry; yields the revisions as they are committed."""
    for start in range(0, len(snapshots), AT_ONCE):
        yield from publish_new(
            snapshots[start : start + AT_ONCE],
            by=by,
            override_reason="What no source bears out yet is marked so on its page.",
            note=FIRST_PUBLISHED,
            note_language=Language.ENGLISH,
            credit=OWN_SIGNATURE,
        )
