"""What was sent and then improved: what its sender had asked for, and what became of each part of it."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from contributions.models import Contribution, Improvement
from publishing import comparison, snapshots
from publishing.hooks import ChangeDecisions
from publishing.models import Proposal, Revision
from publishing.snapshots import Change, Snapshot
from publishing.vocabulary import Reason, Verdict
from publishing.workflow.decisions import ChangeDecision


def changes_asked_for(contribution: Contribution) -> tuple[Snapshot | None, Snapshot]:
    """From what the sender started and what they asked for, also where a moderator has improved it since."""
    sent = Improvement.objects.select_related("base").filter(contribution=contribution).first()
    if sent is not None:
        return sent.base_snapshot, sent.snapshot
    return contribution.proposal.base_snapshot, contribution.proposal.wanted


def decisions_on_publish(proposal: Proposal, revision: Revision, words: ChangeDecisions) -> ChangeDecisions:
    """What is said of each change that the sender had asked for, where a moderator improved it."""
    found = Improvement.objects.select_related("contribution", "base")
    improvement = found.filter(contribution__proposal=proposal).first()
    if improvement is None:
        return words
    public = snapshots.conformed(revision.snapshot)
    describer = comparison.Describer(proposal.kind, public)
    said = dict(words)
    with override(improvement.contribution.language):
        for change in snapshots.changes_since(improvement.base_snapshot, improvement.snapshot):
            if said.get(change.path, ChangeDecision(Verdict.ACCEPTED)).verdict == Verdict.ACCEPTED:
                said[change.path] = _became(change, public, describer)
    return said


def _became(change: Change, public: Snapshot, describer: comparison.Describer) -> ChangeDecision:
    """Accepted, accepted with changes, or left out of what was published."""
    now = snapshots.value_at(public, change.path)
    accepted = ChangeDecision(Verdict.ACCEPTED)
    if now == change.new:
        return accepted
    if now == change.old:
        note = _("The moderator published your proposal without this part of it.")
        return ChangeDecision(Verdict.DECLINED, Reason.OTHER, note)
    value = describer.value(change.path, now)
    return replace(
        accepted, public_note=_("Accepted with changes. The record now says: %(value)s") % {"value": value}
    )
