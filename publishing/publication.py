"""A proposal on its way to a revision, as the apps that complete it see it."""

from dataclasses import dataclass, replace
from functools import cached_property

from publishing import hooks, snapshots
from publishing.models import Proposal, Revision
from publishing.proposals import three_sides
from publishing.snapshots import Snapshot


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
        return snapshots.conformed(self.proposal.wanted)

    @cached_property
    def start(self) -> Snapshot | None:
        """What the proposal started from, in today's shape; None for a new entry."""
        base = self.proposal.base_snapshot
        return snapshots.conformed(base) if base else None


def completed(publication: Publication) -> Snapshot:
    """The content, as the apps complete it one after the other."""
    for complete in hooks.content_on_publish:
        publication = replace(publication, content=complete(publication))
    return publication.content


def expected_content(proposal: Proposal) -> Snapshot:
    """What would become public if all of the proposal were accepted now; in a conflict, theirs stays."""
    wanted = snapshots.conformed(proposal.wanted)
    if proposal.base is None:
        return completed(Publication(proposal, wanted, wanted, None))
    newest = Revision.objects.newest_of(proposal.base.entry_id)
    merge = snapshots.merge(*three_sides(proposal, newest))
    return completed(Publication(proposal, wanted, merge.merged, snapshots.conformed(newest.snapshot)))
