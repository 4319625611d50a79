"""What is said of each change of a proposal when it is decided, kept for good."""

from typing import Any

from publishing import hooks
from publishing.hooks import ChangeDecisions
from publishing.models import Decision, Proposal, Revision
from publishing.vocabulary import Origin


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
    """The words, with what other apps tell a sender besides."""
    if proposal.origin == Origin.PUBLIC:
        for add_to in hooks.decisions_on_publish:
            words = add_to(proposal, revision, words)
    return words
