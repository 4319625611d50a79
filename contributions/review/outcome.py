"""What the sender of an edited contribution had asked for, and the decision on each part of it."""

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


def changes_requested(contribution: Contribution) -> tuple[Snapshot | None, Snapshot]:
    """The snapshot that the sender started from, and the one they sent, before any edit by a moderator."""
    sent = Improvement.objects.select_related("base").filter(contribution=contribution).first()
    if sent is not None:
        return sent.base_snapshot, sent.snapshot
    return contribution.proposal.base_snapshot, contribution.proposal.wanted


def decisions_on_publish(
    proposal: Proposal, revision: Revision, decisions: ChangeDecisions
) -> ChangeDecisions:
    """The decisions, completed for each change that the sender had asked for, if a moderator edited it."""
    found = Improvement.objects.select_related("contribution", "base")
    improvement = found.filter(contribution__proposal=proposal).first()
    if improvement is None:
        return decisions
    public = snapshots.conformed(revision.snapshot)
    describer = comparison.Describer(proposal.kind, public)
    extended = dict(decisions)
    with override(improvement.contribution.language):
        for change in snapshots.changes_since(improvement.base_snapshot, improvement.snapshot):
            if extended.get(change.path, ChangeDecision(Verdict.ACCEPTED)).verdict == Verdict.ACCEPTED:
                extended[change.path] = _decision_on(change, public, describer)
    return extended


def _decision_on(change: Change, public: Snapshot, describer: comparison.Describer) -> ChangeDecision:
    """Accepted, accepted with changes, or declined because it is not in the published revision."""
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
