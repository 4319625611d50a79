"""What is said of each change of a proposal when it is decided, kept for good."""

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


def record_decisions(proposal: Proposal, words: ChangeDecisions, *, by: Any) -> None:
    """Keep what was decided of each change, after what was decided before."""
    Decision.objects.bulk_create(
        Decision(
            proposal=proposal,
            path=str(path),
            verdict=word.verdict,
            reason=word.reason,
            public_note=word.public_note,
            internal_note=word.internal_note,
            by=by,
        )
        for path, word in words.items()
    )


def decisions_on_publish(proposal: Proposal, revision: Revision, words: ChangeDecisions) -> ChangeDecisions:
    """The words, with what other apps tell a sender besides: settings.DECISIONS_ON_PUBLISH."""
    if proposal.origin == Origin.PUBLIC:
        for name in settings.DECISIONS_ON_PUBLISH:
            words = import_string(name)(proposal, revision, words)
    return words
