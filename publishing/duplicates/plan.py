"""What merging two entries would change; nothing is written here."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from publishing import comparison, snapshots
from publishing.duplicates.rewriting import rewritten
from publishing.fields.columns import canonical
from publishing.models import Entry, Proposal, Revision
from publishing.snapshots import Path, Snapshot
from publishing.workflow import states


@dataclass(frozen=True)
class Step:
    """One entry that a merge changes: before, after, and the rows that are removed."""

    entry: Entry
    base: Revision
    after: Snapshot
    joined: list[Path]
    removed: list[Path]

    @property
    def before(self) -> Snapshot:
        """What the entry is now, in today's shape."""
        return snapshots.conformed(self.base.snapshot)

    @property
    def lines(self) -> list[comparison.Line]:
        """The changes in words."""
        describer = comparison.Describer(self.after["kind"], self.before, self.after)
        return describer.lines(snapshots.diff(self.before, self.after))

    @property
    def notices(self) -> list[str]:
        """Messages about the rows that are removed."""
        describer = comparison.Describer(self.after["kind"], self.after, self.before)
        texts = [(path, _("%(row)s: merged with the one that is already there.")) for path in self.joined]
        texts += [(path, _("%(row)s: removed, because it would point to itself.")) for path in self.removed]
        return [text % {"row": describer.label(path)} for path, text in texts]


@dataclass(frozen=True)
class Plan:
    """All that a merge changes: public entries, and open proposals for other entries."""

    keep: Entry
    drop: Entry
    steps: list[Step]
    proposals: list[tuple[Proposal, Snapshot]]
    # The number of open proposals for the dropped entry itself; they stay with it.
    waiting: int

    @property
    def fingerprint(self) -> str:
        """A digest of all that the plan shows."""
        content = [[step.base.digest, step.after] for step in self.steps]
        content += [[str(proposal.pk), snapshot] for proposal, snapshot in self.proposals]
        return hashlib.sha256(canonical([str(self.keep.pk), str(self.drop.pk), content])).hexdigest()


def plan_merge(keep: Entry, drop: Entry) -> Plan:
    """What must change so that `keep` replaces `drop` everywhere and takes over its rows and names."""
    # One entry may point to another in several ways, and is then found several times.
    users = {user.pk: user for user in snapshots.users(drop) if user.pk != keep.pk}
    ordered = sorted(users.values(), key=lambda user: (user.kind, user.slug))
    steps = [_step_of(user, drop, keep) for user in ordered]
    own = _own_step(keep, drop)
    if own.after != own.before:
        steps.insert(0, own)
    open_proposals = (
        Proposal.objects.exclude(state__in=states.ENDED).filter(snapshot__isnull=False).order_by("pk")
    )
    proposals, waiting = [], 0
    for proposal in open_proposals:
        if proposal.wanted["id"] == str(drop.pk):
            waiting += 1
        elif str(drop.pk) in snapshots.references(snapshots.conformed(proposal.wanted)):
            rewrite = rewritten(proposal.wanted, drop=str(drop.pk), keep=str(keep.pk))
            proposals.append((proposal, rewrite.snapshot))
    return Plan(keep, drop, steps, proposals, waiting)


def _step_of(entry: Entry, drop: Entry, keep: Entry) -> Step:
    base = Revision.objects.newest_of(entry.pk)
    rewrite = rewritten(base.snapshot, drop=str(drop.pk), keep=str(keep.pk))
    return Step(entry, base, rewrite.snapshot, rewrite.joined, rewrite.removed)


def _own_step(keep: Entry, drop: Entry) -> Step:
    """The change of the kept entry: it takes over the dropped one's rows, and its titles as other names."""
    keys = {"drop": str(drop.pk), "keep": str(keep.pk)}
    base = Revision.objects.newest_of(keep.pk)
    rewrite = rewritten(base.snapshot, **keys)
    dropped = rewritten(Revision.objects.newest_of(drop.pk).snapshot, **keys).snapshot
    rewrite.clear_rows(rewrite.add_rows(dropped["rows"]))
    rewrite.add_titles_as_names(dropped)
    return Step(keep, base, rewrite.snapshot, rewrite.joined, rewrite.removed)
