"""What a proposal would change, whether it merges with what is public, and what becomes public with it."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from publishing import hooks, snapshots
from publishing.beforehand import know, work_out, worked_out
from publishing.models import Proposal, Revision
from publishing.snapshots import Change, Path, Snapshot


@dataclass(frozen=True)
class MergeStatus:
    """Whether a newer revision was published since the proposal started, and what follows for its changes.

    newest: that revision, or None. already: the changes that it contains. conflicts: the paths that both
    changed differently. is_already_applied: it contains all the changes.
    """

    newest: Revision | None = None
    already: tuple[Path, ...] = ()
    conflicts: tuple[Path, ...] = ()
    is_already_applied: bool = False


def start_of(proposal: Proposal) -> Snapshot:
    """What the proposal started from, in today's shape; a blank snapshot for a new entry."""
    return start_from(proposal.base_snapshot, proposal.wanted)


def start_from(base: Snapshot | None, wanted: Snapshot) -> Snapshot:
    """The base in today's shape; without one, the blank snapshot of the wanted entry."""
    return work_out(snapshots.conformed, base) if base else snapshots.blank(wanted)


def start_beside(base: Snapshot | None, wanted: Snapshot) -> Snapshot:
    """As `start_from`; wanted: in today's shape, so that what both say is brought into it once."""
    if not base:
        return snapshots.blank(wanted)
    shaped = snapshots.conformed(base, wanted)
    know(snapshots.conformed, base, result=shaped)
    return shaped


def changes_of(proposal: Proposal) -> list[Change]:
    """The changes from what the proposal started from to what it asks for."""
    return snapshots.changes_since(proposal.base_snapshot, proposal.wanted)


def three_sides(
    proposal: Proposal, newest: Revision, wanted: Snapshot | None = None
) -> tuple[Snapshot, Snapshot, Snapshot]:
    """Base, theirs and mine, all in today's shape, as `merge` takes them."""
    return (
        snapshots.conformed(proposal.base_snapshot or newest.snapshot),
        snapshots.conformed(newest.snapshot),
        snapshots.conformed(wanted or proposal.wanted),
    )


def merge_status(proposal: Proposal) -> MergeStatus:
    """Compare the proposal with what is public now."""
    if proposal.base is None:
        return MergeStatus()
    newest = Revision.objects.newest_of(proposal.base.entry_id)
    if newest.pk == proposal.base_id:
        return MergeStatus()
    base, theirs, mine = three_sides(proposal, newest)
    changes = snapshots.diff(base, mine)
    already = tuple(
        change.path for change in changes if snapshots.value_at(theirs, change.path) == change.new
    )
    conflicts = tuple(conflict.path for conflict in snapshots.merge(base, theirs, mine).conflicts)
    return MergeStatus(newest, already, conflicts, len(already) == len(changes))


# --- on the way to a revision -----------------------------------------------------------------


@dataclass(frozen=True)
class Publication:
    """What becomes public with a proposal.

    wanted: the part of the proposal that is accepted. content: that, merged with what is public now.
    public: the snapshot that is public now; None for a new entry.
    """

    proposal: Proposal
    wanted: Snapshot
    content: Snapshot
    public: Snapshot | None

    @cached_property
    def full(self) -> Snapshot:
        """All that the proposal asks for, in today's shape."""
        return worked_out(snapshots.conformed, self.proposal.wanted)

    @cached_property
    def start(self) -> Snapshot | None:
        """What the proposal started from, in today's shape; None for a new entry."""
        base = self.proposal.base_snapshot
        return worked_out(snapshots.conformed, base) if base else None


def completed(publication: Publication) -> Snapshot:
    """The content, as the apps complete it one after the other."""
    for complete in hooks.content_on_publish:
        publication = replace(publication, content=complete(publication))
    return publication.content


def content_of(
    proposal: Proposal, wanted: Snapshot, merged: Snapshot, public: Snapshot | None, _stored: Any
) -> Snapshot:
    """What is published, as the apps complete it.

    _stored: all columns of the proposal, since the content follows from them.
    """
    return completed(Publication(proposal, wanted, merged, public))


def as_stored(proposal: Proposal) -> list[Any]:
    """The values of all columns of the proposal."""
    return [getattr(proposal, column.attname) for column in proposal._meta.concrete_fields]


def expected_content(proposal: Proposal) -> Snapshot:
    """What would become public if all of the proposal were accepted now; in a conflict, theirs stays."""
    wanted = snapshots.conformed(proposal.wanted)
    if proposal.base is None:
        return completed(Publication(proposal, wanted, wanted, None))
    newest = Revision.objects.newest_of(proposal.base.entry_id)
    merge = snapshots.merge(*three_sides(proposal, newest))
    return completed(Publication(proposal, wanted, merge.merged, snapshots.conformed(newest.snapshot)))
