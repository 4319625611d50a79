"""The hooks of the desk: what other apps show on its first page and beside a proposal under review."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from publishing.hooks import Hook
from publishing.models import Proposal
from publishing.snapshots import Path, Snapshot


@dataclass
class Item:
    """One thing to do: what, where, and what more there is to know."""

    label: str
    address: str
    detail: str = ""


@dataclass
class Panel:
    """A few things to do, how many there are in all, and where the rest is."""

    title: str
    items: list[Item] = field(default_factory=list)
    count: int = 0
    more: str = ""
    # Where the rest is in several lists: each with how many it holds.
    lists: list[Item] = field(default_factory=list)
    # Where the items are a few of very many, how many there are says nothing.
    is_counted: bool = True


class DeskPanel(Protocol):
    """What somebody should do now, on the desk's first page; its rank says where there."""

    def __call__(self, by: Any, /) -> Iterable[Panel]:
        """The panels for the person; those that count nothing are not shown."""


class ReviewNote(Protocol):
    """What a reviewer is pointed to beside a change."""

    def __call__(self, before: Snapshot, wanted: Snapshot, /) -> Iterable[tuple[Path, str]]:
        """The changes, by their paths, each with a sentence to read beside it."""


class ReviewPage(Protocol):
    """Where proposals of another app are reviewed instead of on the desk's own page."""

    def __call__(self, proposal: Proposal, /) -> str:
        """The address of that page; nothing where the desk's own is right."""


desk_panels: Hook[DeskPanel] = Hook(DeskPanel)
review_notes: Hook[ReviewNote] = Hook(ReviewNote)
review_pages: Hook[ReviewPage] = Hook(ReviewPage)
