"""The action of each step: actions register themselves here, under the names in the table of steps."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from publishing.workflow.transitions import TRANSITIONS

if TYPE_CHECKING:
    from publishing.hooks import ChangeDecisions
    from publishing.models import Proposal
    from publishing.snapshots import Path

Action = TypeVar("Action", bound=Callable[..., object])

_ACTIONS: dict[str, Callable[..., object]] = {}


@dataclass(frozen=True)
class StepInput:
    """The input of a step; the table of steps says which fields a step takes."""

    note: str = ""
    internal_note: str = ""
    reason: str = ""
    # For each change, if only a part is accepted.
    decisions: "ChangeDecisions" = field(default_factory=dict)
    # The time of publishing.
    at: datetime.datetime | None = None
    # "mine" or "theirs" for each conflict, and the number of the revision that was shown.
    choices: "dict[Path, str]" = field(default_factory=dict)
    against: int = 0


def runs(step: str) -> Callable[[Action], Action]:
    """Decorator: register the action of a step; it gets the proposal, `by`, and the input of the step."""

    def register(action: Action) -> Action:
        if step not in TRANSITIONS or step in _ACTIONS:
            raise LookupError(f"{step} is not a step, or has an action already")
        _ACTIONS[step] = action
        return action

    return register


def run(step: str, proposal: "Proposal", *, by: Any, given: StepInput) -> object:
    """Run the action of the step on the proposal; raises what the action raises."""
    inputs = {name: getattr(given, name) for name in TRANSITIONS[step].takes}
    return _ACTIONS[step](proposal, by=by, **inputs)


def registered() -> frozenset[str]:
    """The steps that have an action: all of them, once `publishing.actions` is imported."""
    return frozenset(_ACTIONS)
