"""The decisions about each change of a proposal; they are stored and never deleted."""

from collections.abc import Iterable
from typing import Any

from publishing import hooks, snapshots
from publishing.hooks import ChangeDecisions
from publishing.models import Decision, Proposal, Revision
from publishing.vocabulary import Origin, Verdict
from publishing.workflow.decisions import ChangeDecision


def accepted(changes: Iterable[snapshots.Change]) -> ChangeDecisions:
    """The decisions that accept each of the changes."""
    return {change.path: ChangeDecision(Verdict.ACCEPTED) for change in changes}


def record_decisions(proposal: Proposal, decisions: ChangeDecisions, *, by: Any) -> None:
    """Store the decisions, beside the earlier ones on the same proposal."""
    Decision.objects.bulk_create(
        Decision(
            proposal=proposal,
            path=str(path),
            verdict=decision.verdict,
            reason=decision.reason,
            public_note=decision.public_note,
            internal_note=decision.internal_note,
            by=by,
        )
        for path, decision in decisions.items()
    )


def decisions_on_publish(
    proposal: Proposal, revision: Revision, decisions: ChangeDecisions
) -> ChangeDecisions:
    """The decisions, after the hooks of other apps; only for proposals of the public."""
    if proposal.origin == Origin.PUBLIC:
        for function in hooks.decisions_on_publish:
            decisions = function(proposal, revision, decisions)
    return decisions
