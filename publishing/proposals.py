"""What a proposal would change, and how that meets what is public now."""

from dataclasses import dataclass

from publishing import snapshots
from publishing.models import Proposal, Revision
from publishing.snapshots import Change, Path, Snapshot


@dataclass(frozen=True)
class MergeStatus:
    """What came between: nothing, or a newer revision that says parts already or says them otherwise."""

    newest: Revision | None = None
    already: tuple[Path, ...] = ()
    conflicts: tuple[Path, ...] = ()
    is_already_applied: bool = False

    @property
    def is_stale(self) -> bool:
        """Something was published since the proposal began."""
        return self.newest is not None


def start_of(proposal: Proposal) -> Snapshot:
    """What the proposal started from, in today's shape; for a new entry, one that says nothing yet."""
    return start_from(proposal.base_snapshot, proposal.wanted)


def start_from(base: Snapshot | None, wanted: Snapshot) -> Snapshot:
    """The base in today's shape; without one, an entry that says nothing yet, to be what is wanted."""
    return snapshots.conformed(base) if base else snapshots.blank(wanted)


def changes_of(proposal: Proposal) -> list[Change]:
    """What the proposal would change in what it started from."""
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
    """How the proposal stands to what is public now: what that says already, and what collides."""
    if proposal.base is None:
        return MergeStatus()
    newest = Revision.objects.newest_of(proposal.base.entry_id)
    if newest.pk == proposal.base_id:
        return MergeStatus()
    base, theirs, mine = three_sides(proposal, newest)
    changes = snapshots.diff(base, mine)
    already = tuple(one.path for one in changes if snapshots.value_at(theirs, one.path) == one.new)
    conflicts = tuple(one.path for one in snapshots.merge(base, theirs, mine).conflicts)
    return MergeStatus(newest, already, conflicts, len(already) == len(changes))
