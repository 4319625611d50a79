"""Publishes the starter content of a new casebook."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from publishing.actions.new_entries import publish_new
from publishing.models import Entry, Revision
from publishing.snapshots import Snapshot
from publishing.vocabulary import Language

AT_ONCE = 100


def not_yet_present(snapshots: Iterable[Snapshot]) -> list[Snapshot]:
    """The snapshots whose entries do not exist; retracted entries exist."""
    present = {str(key) for key in Entry.objects.values_list("pk", flat=True)}
    return [snapshot for snapshot in snapshots if snapshot["id"] not in present]


def publish_starter(snapshots: Sequence[Snapshot], *, by: Any) -> Iterator[Revision]:
    """Publish the snapshots, each as a new entry; yields the revisions as they are committed."""
    for start in range(0, len(snapshots), AT_ONCE):
        yield from publish_new(
            snapshots[start : start + AT_ONCE],
            by=by,
            override_reason="What no source bears out yet is marked so on its page.",
            note="First published, with the casebook's starter content.",
            note_language=Language.ENGLISH,
            credit="Sulh",
        )
