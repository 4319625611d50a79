"""What is said of each change of a proposal when it is decided, kept for good."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from publishing import snapshots
from publishing.models import Decision, Proposal, Revision
from publishing.vocabulary import Origin, Verdict


@dataclass(frozen=True)
class ChangeDecision:
    """What a reviewer says of one change, or of all: reason is needed where it is declined."""

    verdict: Verdict
    reason: str = ""
    public_note: str = ""
    internal_note: str = ""


ChangeDecisions = dict[snapshots.Path, ChangeDecision]


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
    """The decisions, with what other apps tell a sender besides: settings.DECISIONS_ON_PUBLISH."""
    if proposal.origin == Origin.PUBLIC:
        for name in settings.DECISIONS_ON_PUBLISH:
            decisions = import_string(name)(proposal, revision, decisions)
    return decisions
