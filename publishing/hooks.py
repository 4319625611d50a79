"""The hooks of publishing: functions that other apps register at start.

Each app registers its own in its extensions.py; the desk has further hooks in desk/hooks.py.
"""

import datetime
import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict

from publishing.models import Entry, FieldComment, PreviewLink, Proposal, Revision
from publishing.refusals import Refusal, Shortcoming
from publishing.snapshots import Path, Snapshot
from publishing.workflow.decisions import ChangeDecision

if TYPE_CHECKING:
    from publishing.proposals import Publication

ChangeDecisions = dict[Path, ChangeDecision]
Function = TypeVar("Function", bound=Callable[..., Any])


class Hook(Generic[Function]):
    """The functions that apps registered for one purpose, in the order of their ranks.

    Functions of the same rank are in the order of registration: that of INSTALLED_APPS.
    """

    def __init__(self, protocol: type) -> None:
        self.name = protocol.__name__
        self._parameters = [*inspect.signature(protocol.__call__).parameters][1:]
        self._ranks: dict[Function, int] = {}

    def register(self, function: Function, *, rank: int = 0) -> None:
        """Add the function; raises ImproperlyConfigured for wrong parameters or a second registration."""
        if function in self._ranks:
            raise ImproperlyConfigured(f"{self.name}: {name_of(function)} is registered twice.")
        try:
            inspect.signature(function).bind(*self._parameters)
        except TypeError as error:
            expected = ", ".join(self._parameters)
            raise ImproperlyConfigured(f"{self.name}: {name_of(function)} must take ({expected}).") from error
        self._ranks[function] = rank

    def unregister(self, function: Function) -> None:
        """Remove the function."""
        del self._ranks[function]

    def __iter__(self) -> Iterator[Function]:
        return iter(sorted(self._ranks, key=self._ranks.__getitem__))


def name_of(function: Callable[..., Any]) -> str:
    """Where the function is defined, for messages and logs."""
    return f"{function.__module__}.{function.__qualname__}"


class ReadinessCheck(Protocol):
    """A check before publishing; an editor may override it with a reason."""

    def __call__(self, snapshot: Snapshot, /) -> Iterable[Shortcoming]:
        """What the snapshot lacks."""


class StepRule(Protocol):
    """Whether a person may submit or decide a proposal; this cannot be overridden."""

    def __call__(self, step: str, proposal: Proposal, by: Any, /) -> Refusal | None:
        """Why `by` may not take the proposal this step further, or None."""


class BeforePublish(Protocol):
    """Prepares what a proposal needs before its entry is published, in the same transaction."""

    def __call__(self, proposal: Proposal, by: Any, /) -> bool:
        """Prepare it; whether another entry was published for it. Raises Refusal if that is not possible."""


class BeforeReplacing(Protocol):
    """Keeps what a sender sent, before a resolved conflict replaces it in their proposal."""

    def __call__(self, proposal: Proposal, by: Any, /) -> None:
        """Keep it."""


class ContentOnPublish(Protocol):
    """Completes the content of a proposal when it becomes public; it may not write to the tables."""

    def __call__(self, publication: "Publication", /) -> Snapshot:
        """The content to publish, made of `publication.content`, which stays as it is."""


class DecisionsOnPublish(Protocol):
    """The decisions that the sender of a proposal reads, change by change, once it is published."""

    def __call__(
        self, proposal: Proposal, revision: Revision, decisions: ChangeDecisions, /
    ) -> ChangeDecisions:
        """The decisions to record: the given ones, added to or changed."""


class RevisionSources(Protocol):
    """The source that came with each revision, for public lists of revisions."""

    def __call__(self, revisions: Iterable[Revision], /) -> dict[Any, Entry]:
        """The source, by the key of the revision; without those that came with none."""


class WorkerJob(Protocol):
    """What the worker does in each round; ranks give the order."""

    def __call__(self, now: datetime.datetime, /) -> Iterable[str]:
        """Do what is due; returns a line of text for each thing done.

        An exception ends only this job's turn.
        """


class PreviewNotice(Protocol):
    """Tells the author of a proposal that somebody else shared a preview of it."""

    def __call__(self, link: PreviewLink, /) -> None:
        """Tell it, in the transaction in which the link is made."""


@dataclass(frozen=True)
class EntryEvent:
    """What somebody did with an entry: kind is "commented", "submitted" or "published".

    entry: None of a new one, which `proposal` is the draft of. comment: of the first kind alone.
    """

    kind: str
    entry: Entry | None
    proposal: Proposal | None
    by: Any
    comment: FieldComment | None = None


class EntryNotice(Protocol):
    """Tells people what somebody else did with an entry that they watch, or talk about."""

    def __call__(self, event: EntryEvent, to: Iterable[Any], /) -> None:
        """Tell the accounts, in the transaction in which it is done."""


class NumbersOfList(Protocol):
    """Counts a list for the texts that say how many entries it has."""

    def __call__(self, view_name: str, queries: Sequence[QueryDict], /) -> Sequence[int | None]:
        """How many answer each query; None where it is not understood; nothing for a list of others."""


class MarkOfEntries(Protocol):
    """Says what readers must know of some entries wherever these are named."""

    def __call__(self) -> tuple[str, Collection[UUID]]:
        """The mark, in the reader's language, and the keys of the entries that carry it."""


readiness_checks: Hook[ReadinessCheck] = Hook(ReadinessCheck)
step_rules: Hook[StepRule] = Hook(StepRule)
before_publish: Hook[BeforePublish] = Hook(BeforePublish)
before_replacing: Hook[BeforeReplacing] = Hook(BeforeReplacing)
content_on_publish: Hook[ContentOnPublish] = Hook(ContentOnPublish)
decisions_on_publish: Hook[DecisionsOnPublish] = Hook(DecisionsOnPublish)
revision_sources: Hook[RevisionSources] = Hook(RevisionSources)
worker_jobs: Hook[WorkerJob] = Hook(WorkerJob)
entry_notices: Hook[EntryNotice] = Hook(EntryNotice)
preview_notices: Hook[PreviewNotice] = Hook(PreviewNotice)
numbers_of_lists: Hook[NumbersOfList] = Hook(NumbersOfList)
marks_of_entries: Hook[MarkOfEntries] = Hook(MarkOfEntries)
