"""What each step runs: the actions register themselves here, under the names in the table."""

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
    """What is given with a step; the table says which of it each step takes."""

    note: str = ""
    internal_note: str = ""
    reason: str = ""
    # Of each change, where only a part is accepted.
    decisions: "ChangeDecisions" = field(default_factory=dict)
    # When it shall be published.
    at: datetime.datetime | None = None
    # "mine" or "theirs" for each conflict, and the revision that they were chosen against.
    choices: "dict[Path, str]" = field(default_factory=dict)
    against: int = 0


def runs(step: str) -> Callable[[Action], Action]:
    """Register an action as what the step runs: called with the proposal, `by`, and what the step takes."""

    def register(action: Action) -> Action:
        if step not in TRANSITIONS or step in _ACTIONS:
            raise LookupError(f"{step} is no step, or something runs it already")
        _ACTIONS[step] = action
        return action

    return register


def run(step: str, proposal: "Proposal", *, by: Any, given: StepInput) -> object:
    """Take the proposal the named step further; raises what its action does."""
    inputs = {name: getattr(given, name) for name in TRANSITIONS[step].takes}
    return _ACTIONS[step](proposal, by=by, **inputs)


def registered() -> frozenset[str]:
    """The steps that an action runs: all of them, once `publishing.actions` is imported."""
    return frozenset(_ACTIONS)
