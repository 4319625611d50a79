"""Every step of a proposal from one state to another: one table for rules, buttons, keys and docs.

The action of a step registers itself under the name of the step, in `publishing.workflow.running`.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from publishing.vocabulary import ProposalState
from publishing.workflow.states import DECIDED, ON_SCHEDULE, OPEN, REFUSED, WAITING, WITH_AUTHOR, States

# The possible input of a step: the fields of `running.StepInput`.
Input = Literal["note", "internal_note", "reason", "decisions", "at", "choices", "against"]


class Who(Enum):
    """Who may take a step."""

    AUTHORS = "authors"
    MODERATORS = "moderators"
    # The author; unless it is a draft, also moderators.
    RESOLVERS = "author or moderators"
    WORKER = "worker"
    # The sender of a proposal from the public door: without an account, by the private link.
    SENDERS = "senders"


class Weight(Enum):
    """How prominent a button is: the name of its CSS class."""

    MAIN = "default"
    NORMAL = ""
    LIGHT = "light"


@dataclass(frozen=True)
class Transition:
    """A step: its states, who may take it, and all that rules, forms and buttons need to know about it."""

    name: str
    label: Any
    # The message when it is done.
    done: Any
    sources: States
    target: ProposalState
    who: Who
    # Its possible input, and the part of it that is required.
    takes: tuple[Input, ...] = ("note",)
    needs: tuple[Input, ...] = ()
    weight: Weight = Weight.NORMAL
    # The keyboard shortcut of its button.
    key: str = ""
    # It only changes the state and adds a note: `reviewing.step` runs it.
    moves_only: bool = False
    # It sends the proposal of an author to the moderators.
    submits: bool = False
    # It publishes, now or on a date; the public note may be changed with it.
    publishes: bool = False
    # It publishes only the changes that are ticked.
    is_partial: bool = False
    # With settings.FOUR_EYES, nobody may take it for their own proposal.
    is_decision: bool = False
    # It undoes one's own recent decision.
    undoes: bool = False

    @property
    def ends_review(self) -> bool:
        """Whether a moderator has done with the proposal: the next one can follow."""
        return self.who is Who.MODERATORS and self.target not in WAITING


# In the order of the buttons: the most frequent first; what removes or ends something last.
TRANSITIONS = {
    transition.name: transition
    for transition in (
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
            key="u",
            undoes=True,
        ),
        # Nothing of it is public, so that any moderator may look at it again, at any time.
        Transition(
            name="reconsider",
            label=_("Open it for review again"),
            done=_("It is waiting for review again."),
            sources=(ProposalState.DECLINED,),
            target=ProposalState.SUBMITTED,
            who=Who.MODERATORS,
            takes=(),
            weight=Weight.LIGHT,
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
        # When a conflict is resolved: a later proposal replaces it, with each conflict decided.
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
        # The record already contains all of it.
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
    """The steps that these people may take, in the order of the buttons."""
    return [transition for transition in TRANSITIONS.values() if transition.who in who]
