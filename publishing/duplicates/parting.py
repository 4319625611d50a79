"""Undo a merge: the entry that went comes back, and what pointed to it points to it again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from publishing import snapshots
from publishing.actions.publishing import publish_at_once
from publishing.actions.retracting import restore
from publishing.actions.steps import lock_publishing
from publishing.duplicates.actions import rewrite
from publishing.duplicates.rules import why_not_part
from publishing.models import Entry, OldSlug, Proposal, Revision
from publishing.refusals import Refusal
from publishing.snapshots import Snapshot
from publishing.vocabulary import ChangeClass
from publishing.workflow import states


@dataclass(frozen=True)
class Merge:
    """A merge as the history has it: its retraction, the entry that was kept, and what it changed."""

    retraction: Revision
    keep: Entry
    steps: list[Revision]


@dataclass(frozen=True)
class Parted:
    """What was undone, and the entries in which others have changed the same since: they stay as they are."""

    undone: list[Revision]
    left: list[Entry]


def merge_of(retraction: Revision) -> Merge | None:
    """The merge that ended with this revision; None if none did, or if the entry is back already."""
    drop = retraction.entry
    if retraction.change_class != ChangeClass.RETRACTION or not drop.is_retracted:
        return None
    led = OldSlug.objects.filter(kind=drop.kind, slug=drop.slug).select_related("entry").first()
    if led is None or retraction.number != drop.revision:
        return None
    return Merge(retraction, led.entry, _steps(retraction, led.entry))


def _steps(retraction: Revision, keep: Entry) -> list[Revision]:
    """The revisions right before it, by one author with one note, that left the entry or changed `keep`."""
    earlier = Revision.objects.filter(pk__lt=retraction.pk, author=retraction.author_id)
    steps: list[Revision] = []
    for revision in earlier.select_related("entry").order_by("-pk").iterator(chunk_size=50):
        if (steps and revision.note != steps[0].note) or not _is_step(revision, retraction, keep):
            break
        steps.append(revision)
    return steps


def _is_step(revision: Revision, retraction: Revision, keep: Entry) -> bool:
    before = Revision.objects.filter(entry=revision.entry_id, number=revision.number - 1).first()
    if before is None or revision.change_class != ChangeClass.CORRECTION:
        return False
    drop = str(retraction.entry_id)
    pointed = drop in snapshots.references(snapshots.conformed(before.snapshot))
    points = drop in snapshots.references(snapshots.conformed(revision.snapshot))
    return (pointed and not points) or revision.entry_id == keep.pk


@transaction.atomic
def part(merge: Merge, *, by: Any, note: str, note_language: str) -> Parted:
    """Restore what was merged away, and undo in each entry what the merge changed there. Raises Refusal."""
    lock_publishing()
    drop = Entry.objects.select_for_update().get(pk=merge.retraction.entry_id)
    if refusal := why_not_part(merge.keep, drop, by, note):
        raise refusal
    restore(merge.retraction, by=by, note=note, language=note_language)
    undone, left = [], []
    for step in reversed(merge.steps):
        before = Revision.objects.get(entry=step.entry_id, number=step.number - 1)
        try:
            undone.append(
                publish_at_once(
                    before.snapshot,
                    by=by,
                    base=step,
                    is_own=False,
                    sources_confirmed=True,
                    note=note,
                    note_language=note_language,
                    change_class=ChangeClass.CORRECTION,
                )
            )
        except Refusal:
            left.append(step.entry)
    rewrite(_moved_back(str(merge.keep.pk), str(drop.pk)))
    return Parted(undone, left)


def _moved_back(keep: str, drop: str) -> Iterator[tuple[Proposal, Snapshot]]:
    """Open proposals that began before the merge, each with the entry again that its record named then."""
    found = Proposal.objects.exclude(state__in=states.ENDED).filter(
        snapshot__isnull=False, base__isnull=False
    )
    for proposal in found.select_related("base").order_by("pk"):
        wanted = snapshots.conformed(proposal.wanted)
        if keep not in snapshots.references(wanted):
            continue
        base: Any = proposal.base
        moved = [
            snapshots.Change(change.path, change.new, change.old)
            for change in snapshots.diff(snapshots.conformed(base.snapshot), wanted)
            if (change.old, change.new) == (drop, keep)
        ]
        if moved:
            yield proposal, snapshots.apply(moved, wanted)
