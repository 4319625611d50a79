"""The hooks of the desk: panels on its first page, and notes and pages for the review of proposals."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet

from publishing.hooks import Hook
from publishing.models import Proposal
from publishing.snapshots import Path, Snapshot


@dataclass
class Item:
    """One thing to do: its name, its address, and a detail."""

    label: str
    address: str
    detail: str = ""


@dataclass
class Panel:
    """A few things to do, their total number, and the address of the whole list."""

    title: str
    items: list[Item] = field(default_factory=list)
    count: int = 0
    more: str = ""
    # If the rest is in several lists: each list, with its number as the detail.
    lists: list[Item] = field(default_factory=list)
    # False if the number is not worth showing, as of the latest changes.
    is_counted: bool = True
    # Whether it only tells what happened, and waits for nobody.
    is_news: bool = False


@dataclass(frozen=True)
class FormNote:
    """A text that stands above the form of a draft: its name, and its language, or ""."""

    label: str
    text: str
    language: str = ""


@dataclass(frozen=True)
class TermBeside:
    """A term of the glossary in a text: its name there and in the other language, and its meaning."""

    title: str
    translation: str
    meaning: str
    address: str


class TermsBeside(Protocol):
    """The terms of the glossary in a text, for those who translate it."""

    def __call__(self, text: str, source_language: str, language: str, /) -> Iterable[TermBeside]:
        """Each term once, in the order of the text."""


class PracticeEntry(Protocol):
    """An entry with which a new editor practises."""

    def __call__(self, by: Any, /) -> Snapshot | None:
        """A new entry with something in it; None for those who may not add entries of its kind."""


class DeskPanel(Protocol):
    """Panels of what a person should do now, for the first page of the desk; ranks give the order."""

    def __call__(self, by: Any, /) -> Iterable[Panel]:
        """The panels for the person; those with a count of 0 are not shown."""


class ReviewNote(Protocol):
    """Notes for the reviewer beside a change."""

    def __call__(self, before: Snapshot, wanted: Snapshot, /) -> Iterable[tuple[Path, str]]:
        """The path of each change that needs a note, with the note."""


class ReviewPage(Protocol):
    """The page of another app on which its proposals are reviewed, instead of the desk's own page."""

    def __call__(self, proposal: Proposal, /) -> str:
        """The address of that page; "" for the desk's own page."""


class NextPage(Protocol):
    """The page that leads from a decided proposal to the next one in a queue of another app."""

    def __call__(self, proposal: Proposal, /) -> str:
        """The address of that page; "" for a proposal that is not in that queue."""


class ImportedProposals(Protocol):
    """The proposals that one import made, for the list of proposals."""

    def __call__(self, import_key: UUID, /) -> tuple[str, QuerySet[Proposal]] | None:
        """The name of the import, and its proposals; None if there is no such import."""


class FormNotes(Protocol):
    """What the sender of a proposal says, for the form in which a moderator improves it."""

    def __call__(self, draft: Proposal, /) -> Iterable[FormNote]:
        """The texts, in their order."""


desk_panels: Hook[DeskPanel] = Hook(DeskPanel)
review_notes: Hook[ReviewNote] = Hook(ReviewNote)
practice_entries: Hook[PracticeEntry] = Hook(PracticeEntry)
terms_beside: Hook[TermsBeside] = Hook(TermsBeside)
review_pages: Hook[ReviewPage] = Hook(ReviewPage)
next_pages: Hook[NextPage] = Hook(NextPage)
form_notes: Hook[FormNotes] = Hook(FormNotes)
imported_proposals: Hook[ImportedProposals] = Hook(ImportedProposals)
