"""The hooks of publishing: where other apps take part, by functions that they register at start.

Each app registers its own in its extensions.py; the desk has further hooks in desk/hooks.py.
"""

import datetime
import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, Protocol, TypeVar

from django.core.exceptions import ImproperlyConfigured

from publishing.models import Proposal, Revision
from publishing.refusals import Refusal, Shortcoming
from publishing.snapshots import Path, Snapshot
from publishing.workflow.decisions import ChangeDecision

ChangeDecisions = dict[Path, ChangeDecision]
Function = TypeVar("Function", bound=Callable[..., Any])


class Hook(Generic[Function]):
    """The functions that apps registered for one purpose, in the order of their ranks.

    Those of the same rank come in the order in which they were registered: that of INSTALLED_APPS.
    """

    def __init__(self, protocol: type) -> None:
        self.name = protocol.__name__
        self._parameters = [*inspect.signature(protocol.__call__).parameters][1:]
        self._ranks: dict[Function, int] = {}

    def register(self, function: Function, *, rank: int = 0) -> None:
        """Let the function take part; raises ImproperlyConfigured where it cannot."""
        if function in self._ranks:
            raise ImproperlyConfigured(f"{self.name}: {name_of(function)} is registered twice.")
        try:
            inspect.signature(function).bind(*self._parameters)
        except TypeError as error:
            given = ", ".join(self._parameters)
            raise ImproperlyConfigured(f"{self.name}: {name_of(function)} must take ({given}).") from error
        self._ranks[function] = rank

    def unregister(self, function: Function) -> None:
        """Let it take part no more."""
        del self._ranks[function]

    def __iter__(self) -> Iterator[Function]:
        return iter(sorted(self._ranks, key=self._ranks.__getitem__))


def name_of(function: Callable[..., Any]) -> str:
    """Where the function is defined, for messages and logs."""
    return f"{function.__module__}.{function.__qualname__}"


class ReadinessCheck(Protocol):
    """What speaks against publishing a record as it is, and may be overridden with a reason."""

    def __call__(self, snapshot: Snapshot, /) -> Iterable[Shortcoming]:
        """What the snapshot lacks."""


class StepRule(Protocol):
    """Whether somebody may submit or decide a proposal; no reason overrides it."""

    def __call__(self, step: str, proposal: Proposal, by: Any, /) -> Refusal | None:
        """Why `by` may not take the proposal this step further, or None."""


class DecisionsOnPublish(Protocol):
    """What the sender of a proposal is told of each change, once it is published."""

    def __call__(
        self, proposal: Proposal, revision: Revision, decisions: ChangeDecisions, /
    ) -> ChangeDecisions:
        """The decisions to record, made of those given."""


class WorkerJob(Protocol):
    """What the worker does again and again; its rank says when in each round."""

    def __call__(self, now: datetime.datetime, /) -> Iterable[str]:
        """Do what is due, and tell it in a line each; DatabaseError and OSError stop only this job."""


readiness_checks: Hook[ReadinessCheck] = Hook(ReadinessCheck)
step_rules: Hook[StepRule] = Hook(StepRule)
decisions_on_publish: Hook[DecisionsOnPublish] = Hook(DecisionsOnPublish)
worker_jobs: Hook[WorkerJob] = Hook(WorkerJob)
