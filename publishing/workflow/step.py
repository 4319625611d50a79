"""What a step of a proposal is; which steps there are is in `publishing.workflow.transitions`."""

from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from publishing.vocabulary import ProposalState
from publishing.workflow.states import WAITING, States

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
    # Its button is one of the three that a page begins with; others are folded where there are more.
    leads: bool = False
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
