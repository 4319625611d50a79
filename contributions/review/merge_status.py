"""How a proposal stands to what is public now: what of it the record says already, what collides."""

from dataclasses import dataclass

from publishing import snapshots
from publishing.actions.steps import three_sides
from publishing.models import Proposal, Revision
from publishing.snapshots import Path


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


def merge_status(proposal: Proposal) -> MergeStatus:
    """How it stands just now."""
    if proposal.base is None:
        return MergeStatus()
    newest = Revision.objects.filter(entry_id=proposal.base.entry_id).order_by("-number")[0]
    if newest.pk == proposal.base_id:
        return MergeStatus()
    base, theirs, mine = three_sides(proposal, newest)
    changes = snapshots.diff(base, mine)
    already = tuple(one.path for one in changes if snapshots.value_at(theirs, one.path) == one.new)
    conflicts = tuple(one.path for one in snapshots.merge(base, theirs, mine).conflicts)
    return MergeStatus(newest, already, conflicts, len(already) == len(changes))
