"""What can still be done about a decided proposal: undo the decision, or what it made public."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from publishing import rules
from publishing.models import Proposal
from publishing.models.entry import kinds
from publishing.refusals import Refusal
from publishing.workflow import states
from publishing.workflow.transitions import TRANSITIONS


@dataclass(frozen=True)
class AfterDecision:
    """What the person can do about the decision.

    until: the end of the time in which they may undo it; None if they may not, and `why_not` says why.
    retract: the address at which a new entry is retracted, which undoing cannot do; "" for other changes.
    revision: the address of what it made public, where each change is undone in a draft; "" for nothing.
    """

    until: datetime.datetime | None
    why_not: Refusal | None
    retract: str
    revision: str
    key: str = TRANSITIONS["reopen"].key

    @classmethod
    def of(cls, proposal: Proposal, by: Any, now: datetime.datetime) -> "AfterDecision | None":
        """What `by` can do now; None for a proposal that is not decided."""
        if proposal.state not in states.DECIDED:
            return None
        why_not = rules.why_not("reopen", proposal, by, now)
        may_undo = why_not is None and proposal.decided_at is not None
        until = rules.undo_deadline(proposal.decided_at) if may_undo and proposal.decided_at else None
        revision = proposal.revision.get_admin_url() if proposal.revision else ""
        return cls(until, why_not, retract_address(proposal), revision)


def retract_address(proposal: Proposal) -> str:
    """The address at which the new entry that the proposal made public is retracted; "" for other changes."""
    revision = proposal.revision
    if revision is None or revision.number > 1 or revision.entry.is_retracted:
        return ""
    options = kinds()[revision.entry.kind]._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_delete", args=[revision.entry_id])
