"""What is said of each change of a proposal when it is decided, kept for good."""

from collections.abc import Iterable
from typing import Any

from publishing import hooks, snapshots
from publishing.hooks import ChangeDecisions
from publishing.models import Decision, Proposal, Revision
from publishing.vocabulary import Origin, Verdict
from publishing.workflow.decisions import ChangeDecision


def accepted(changes: Iterable[snapshots.Change]) -> ChangeDecisions:
    """Each of the changes accepted."""
    return {change.path: ChangeDecision(Verdict.ACCEPTED) for change in changes}


def record_decisions(proposal: Proposal, decisions: ChangeDecisions, *, by: Any) -> None:
    """Keep what was decided of each change, after what was decided before."""
    Decision.objects.bulk_create(
        Decision(
            proposal=proposal,
            path=str(path),
            verdict=one.verdict,
            reason=one.reason,
            public_note=one.public_note,
            internal_note=one.internal_note,
            by=by,
        )
        for path, one in decisions.items()
    )


def decisions_on_publish(
    proposal: Proposal, revision: Revision, decisions: ChangeDecisions
) -> ChangeDecisions:
    """The decisions, with what other apps tell a sender besides."""
    if proposal.origin == Origin.PUBLIC:
        for add_to in hooks.decisions_on_publish:
            decisions = add_to(proposal, revision, decisions)
    return decisions
