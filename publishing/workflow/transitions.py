"""Every step of a proposal from one state to another: one table, which rules, buttons and docs read."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.vocabulary import ProposalState

DRAFT, SUBMITTED, IN_REVIEW = ProposalState.DRAFT, ProposalState.SUBMITTED, ProposalState.IN_REVIEW
RETURNED, SCHEDULED = ProposalState.NEEDS_INFORMATION, ProposalState.SCHEDULED
UNDECIDED = (SUBMITTED, IN_REVIEW)


class Who(Enum):
    """Whose step it is."""

    AUTHORS = "authors"
    MODERATORS = "moderators"
    WORKER = "worker"
    # Whoever sent a proposal through the public door: no account, but the private link.
    SENDERS = "senders"


@dataclass(frozen=True)
class Transition:
    """A step: from which states to which, and whose it is.

    needs: what must be written with it, "note" or nothing; done: what is said when it is done.
    """

    name: str
    label: Any
    done: Any
    sources: tuple[ProposalState, ...]
    target: ProposalState
    who: Who
    needs: str = ""


TRANSITIONS = {
    one.name: one
    for one in (
        Transition(
            "submit",
            _("Submit for review"),
            _("Submitted for review."),
            (DRAFT, RETURNED),
            SUBMITTED,
            Who.AUTHORS,
        ),
        Transition(
            "take_back",
            _("Make it a draft again"),
            _("It is a draft again."),
            UNDECIDED,
            DRAFT,
            Who.AUTHORS,
        ),
        Transition(
            "withdraw",
            _("Withdraw"),
            _("Withdrawn. It can still be read here."),
            (DRAFT, RETURNED, *UNDECIDED),
            ProposalState.WITHDRAWN,
            Who.AUTHORS,
        ),
        Transition(
            "claim",
            _("Take on the review"),
            _("You have taken on this review; others see that you are at it."),
            UNDECIDED,
            IN_REVIEW,
            Who.MODERATORS,
        ),
        Transition(
            "release",
            _("Leave the review to others"),
            _("Others may take it on now."),
            (IN_REVIEW,),
            SUBMITTED,
            Who.MODERATORS,
        ),
        Transition(
            "send_back",
            _("Send back"),
            _("Sent back to its author, with your note."),
            UNDECIDED,
            RETURNED,
            Who.MODERATORS,
            needs="note",
        ),
        Transition(
            "accept",
            _("Accept and publish"),
            _("Published."),
            (DRAFT, RETURNED, *UNDECIDED, SCHEDULED),
            ProposalState.ACCEPTED,
            Who.MODERATORS,
        ),
        Transition(
            "accept_some",
            _("Accept what is ticked"),
            _("Published in part."),
            UNDECIDED,
            ProposalState.PARTLY_ACCEPTED,
            Who.MODERATORS,
            needs="note",
        ),
        Transition(
            "schedule",
            _("Publish on a date"),
            _("It will be published on its date."),
            (DRAFT, RETURNED, *UNDECIDED),
            SCHEDULED,
            Who.MODERATORS,
        ),
        Transition(
            "unschedule",
            _("Take off the schedule"),
            _("It is off the schedule and waits for review again."),
            (SCHEDULED,),
            SUBMITTED,
            Who.MODERATORS,
        ),
        Transition(
            "decline",
            _("Decline"),
            _("Declined, with your note to the author."),
            UNDECIDED,
            ProposalState.DECLINED,
            Who.MODERATORS,
            needs="note",
        ),
        Transition(
            "reopen",
            _("Undo the decision"),
            _("The decision is undone; it waits for review again."),
            (ProposalState.DECLINED, ProposalState.ACCEPTED, ProposalState.PARTLY_ACCEPTED),
            SUBMITTED,
            Who.MODERATORS,
        ),
        Transition(
            "publish_due",
            _("Publish now that it is due"),
            _("Published."),
            (SCHEDULED,),
            ProposalState.ACCEPTED,
            Who.WORKER,
        ),
        Transition(
            "hold_back",
            _("Hold back"),
            _("Held back."),
            (SCHEDULED,),
            SUBMITTED,
            Who.WORKER,
        ),
        Transition(
            "supersede",
            _("Replace by a later one"),
            _("Replaced by a later one."),
            (DRAFT, RETURNED, *UNDECIDED),
            ProposalState.SUPERSEDED,
            Who.WORKER,
        ),
        Transition(
            "give_back",
            _("Give back to the moderators"),
            _("It waits for review again."),
            (DRAFT,),
            SUBMITTED,
            Who.WORKER,
        ),
        Transition(
            "answer",
            _("Answer"),
            _("Your answer is with the moderators."),
            (RETURNED,),
            SUBMITTED,
            Who.SENDERS,
        ),
        Transition(
            "take_away",
            _("Withdraw this proposal"),
            _("You have withdrawn it. Nothing of it will be published."),
            (RETURNED, *UNDECIDED),
            ProposalState.WITHDRAWN,
            Who.SENDERS,
        ),
        Transition(
            "appeal",
            _("Ask another moderator to look at it"),
            _("Another moderator will look at it."),
            (ProposalState.DECLINED, ProposalState.PARTLY_ACCEPTED),
            SUBMITTED,
            Who.SENDERS,
        ),
    )
}


def diagram() -> str:
    """The table as a Mermaid state diagram, for docs/workflow.md."""
    lines = ["stateDiagram-v2", f"    [*] --> {DRAFT.value}"]
    for one in TRANSITIONS.values():
        lines += [
            f"    {source.value} --> {one.target.value}: {one.name} ({one.who.value})"
            for source in one.sources
        ]
    ends = sorted({one.target.value for one in TRANSITIONS.values()} - {s.value for s in _sources()})
    return "\n".join([*lines, *(f"    {end} --> [*]" for end in ends)])


def _sources() -> set[ProposalState]:
    return {source for one in TRANSITIONS.values() for source in one.sources}
