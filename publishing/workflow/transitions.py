"""Every step of a proposal from one state to another: one table, which rules, buttons, keys and docs read.

What a step runs registers itself under the step's name, in `publishing.workflow.running`.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from publishing.vocabulary import ProposalState
from publishing.workflow.states import DECIDED, ON_SCHEDULE, OPEN, REFUSED, WAITING, WITH_AUTHOR, States

# What may be given with a step: the fields of `running.StepInput`.
Input = Literal["note", "internal_note", "reason", "decisions", "at", "choices", "against"]


class Who(Enum):
    """Whose step it is."""

    AUTHORS = "authors"
    MODERATORS = "moderators"
    # The author; of what is no draft any more, also moderators.
    RESOLVERS = "author or moderators"
    WORKER = "worker"
    # Whoever sent a proposal through the public door: no account, but the private link.
    SENDERS = "senders"


class Weight(Enum):
    """How much a button stands out: the name of its class."""

    MAIN = "default"
    NORMAL = ""
    LIGHT = "light"


@dataclass(frozen=True)
class Transition:
    """A step: from which states to which, whose it is, and all that rules, forms and buttons ask of it."""

    name: str
    label: Any
    # What is said when it is done.
    done: Any
    sources: States
    target: ProposalState
    who: Who
    # What may be written or chosen with it, and what of that has to be.
    takes: tuple[Input, ...] = ("note",)
    needs: tuple[Input, ...] = ()
    weight: Weight = Weight.NORMAL
    # The key that presses its button.
    key: str = ""
    # The change of state, and the note, is all that it does: `reviewing.step` runs it.
    moves_only: bool = False
    # By it, what an author wrote is put before the moderators.
    submits: bool = False
    # It makes something public, now or on a date: the public note may be changed with it.
    publishes: bool = False
    # It makes only a part public: the changes that are ticked.
    is_partial: bool = False
    # Nobody takes it for their own proposal where four eyes are wanted.
    is_decision: bool = False
    # It takes back one's own decision, as long as that is fresh.
    undoes: bool = False


# In the order of the buttons: what is most often wanted first, what takes something away last and light.
TRANSITIONS = {
    one.name: one
    for one in (
        Transition(
            name="accept",
            label=_("Accept and publish"),
            done=_("Published."),
            sources=OPEN,
            target=ProposalState.ACCEPTED,
            who=Who.MODERATORS,
            weight=Weight.MAIN,
            key="a",
            publishes=True,
            is_decision=True,
        ),
        Transition(
            name="accept_some",
            label=_("Accept what is ticked"),
            done=_("Published in part."),
            sources=WAITING,
            target=ProposalState.PARTLY_ACCEPTED,
            who=Who.MODERATORS,
            takes=("decisions", "note"),
            needs=("note",),
            publishes=True,
            is_partial=True,
            is_decision=True,
        ),
        Transition(
            name="submit",
            label=_("Submit for review"),
            done=_("Submitted for review."),
            sources=WITH_AUTHOR,
            target=ProposalState.SUBMITTED,
            who=Who.AUTHORS,
            weight=Weight.MAIN,
            submits=True,
        ),
        Transition(
            name="schedule",
            label=_("Publish on a date"),
            done=_("It will be published on its date."),
            sources=(*WITH_AUTHOR, *WAITING),
            target=ProposalState.SCHEDULED,
            who=Who.MODERATORS,
            takes=("at",),
            needs=("at",),
            publishes=True,
            is_decision=True,
        ),
        Transition(
            name="send_back",
            label=_("Send back"),
            done=_("Sent back to its author, with your note."),
            sources=WAITING,
            target=ProposalState.NEEDS_INFORMATION,
            who=Who.MODERATORS,
            needs=("note",),
            key="b",
            moves_only=True,
        ),
        Transition(
            name="claim",
            label=_("Take on the review"),
            done=_("You have taken on this review; others can see that."),
            sources=WAITING,
            target=ProposalState.IN_REVIEW,
            who=Who.MODERATORS,
            weight=Weight.LIGHT,
            key="c",
        ),
        Transition(
            name="release",
            label=_("Leave the review to others"),
            done=_("Others can take it on now."),
            sources=(ProposalState.IN_REVIEW,),
            target=ProposalState.SUBMITTED,
            who=Who.MODERATORS,
            weight=Weight.LIGHT,
            moves_only=True,
        ),
        Transition(
            name="reopen",
            label=_("Undo the decision"),
            done=_("The decision is undone; it is waiting for review again."),
            sources=DECIDED,
            target=ProposalState.SUBMITTED,
            who=Who.MODERATORS,
            takes=(),
            weight=Weight.LIGHT,
            undoes=True,
        ),
        Transition(
            name="unschedule",
            label=_("Cancel the schedule"),
            done=_("It is no longer scheduled and is waiting for review again."),
            sources=ON_SCHEDULE,
            target=ProposalState.SUBMITTED,
            who=Who.MODERATORS,
            weight=Weight.LIGHT,
        ),
        Transition(
            name="decline",
            label=_("Decline"),
            done=_("Declined, with your note to the author."),
            sources=WAITING,
            target=ProposalState.DECLINED,
            who=Who.MODERATORS,
            takes=("reason", "note", "internal_note"),
            needs=("reason", "note"),
            weight=Weight.LIGHT,
            key="d",
            is_decision=True,
        ),
        Transition(
            name="take_back",
            label=_("Make it a draft again"),
            done=_("It is a draft again."),
            sources=WAITING,
            target=ProposalState.DRAFT,
            who=Who.AUTHORS,
            weight=Weight.LIGHT,
            moves_only=True,
        ),
        Transition(
            name="withdraw",
            label=_("Withdraw"),
            done=_("Withdrawn. It can still be read here."),
            sources=(*WITH_AUTHOR, *WAITING),
            target=ProposalState.WITHDRAWN,
            who=Who.AUTHORS,
            weight=Weight.LIGHT,
            moves_only=True,
        ),
        # By whoever resolves a conflict: a later proposal takes its place, with each conflict decided.
        Transition(
            name="resolve",
            label=_("Replace by a later one"),
            done=_("Replaced by a later one."),
            sources=OPEN,
            target=ProposalState.SUPERSEDED,
            who=Who.RESOLVERS,
            takes=("choices", "against"),
            needs=("choices", "against"),
        ),
        Transition(
            name="publish_due",
            label=_("Publish now that it is due"),
            done=_("Published."),
            sources=ON_SCHEDULE,
            target=ProposalState.ACCEPTED,
            who=Who.WORKER,
            takes=(),
            publishes=True,
        ),
        Transition(
            name="hold_back",
            label=_("Hold back"),
            done=_("Held back."),
            sources=ON_SCHEDULE,
            target=ProposalState.SUBMITTED,
            who=Who.WORKER,
            needs=("note",),
        ),
        # The record says all of it already.
        Transition(
            name="supersede",
            label=_("Replace by a later one"),
            done=_("Replaced by a later one."),
            sources=(*WITH_AUTHOR, *WAITING),
            target=ProposalState.SUPERSEDED,
            who=Who.WORKER,
            moves_only=True,
        ),
        Transition(
            name="give_back",
            label=_("Give back to the moderators"),
            done=_("It is waiting for review again."),
            sources=(ProposalState.DRAFT,),
            target=ProposalState.SUBMITTED,
            who=Who.WORKER,
            moves_only=True,
        ),
        Transition(
            name="answer",
            label=_("Answer"),
            done=_("Your answer is with the moderators."),
            sources=(ProposalState.NEEDS_INFORMATION,),
            target=ProposalState.SUBMITTED,
            who=Who.SENDERS,
            moves_only=True,
        ),
        Transition(
            name="take_away",
            label=_("Withdraw this proposal"),
            done=_("You have withdrawn it. Nothing of it will be published."),
            sources=(ProposalState.NEEDS_INFORMATION, *WAITING),
            target=ProposalState.WITHDRAWN,
            who=Who.SENDERS,
            moves_only=True,
        ),
        Transition(
            name="appeal",
            label=_("Ask another moderator to look at it"),
            done=_("Another moderator will look at it."),
            sources=REFUSED,
            target=ProposalState.SUBMITTED,
            who=Who.SENDERS,
            moves_only=True,
        ),
    )
}


def steps_of(*who: Who) -> list[Transition]:
    """The steps that are theirs, in the order of the buttons."""
    return [one for one in TRANSITIONS.values() if one.who in who]
