"""The models of publishing."""

from publishing.models.discussion import FieldComment, FieldThread, Watch
from publishing.models.draft import (
    DraftVersion,
    FormAutosave,
    Practised,
    Presence,
    SavedFilter,
    SentForm,
)
from publishing.models.entry import Child, Entry
from publishing.models.names import EntryNames
from publishing.models.old_slug import OldSlug
from publishing.models.proposal import Proposal
from publishing.models.release import Release
from publishing.models.review import Comment, Decision, PreviewLink
from publishing.models.revision import AsKept, ChainHead, Revision, SignedHead
from publishing.models.search import SearchDocument, SearchWord
from publishing.models.translation import (
    SkippedText,
    TextAges,
    Translation,
    TranslationCheck,
    TranslatorsPlace,
)
from publishing.models.worker import WorkerTurn

__all__ = [
    "AsKept",
    "ChainHead",
    "Child",
    "Comment",
    "Decision",
    "DraftVersion",
    "Entry",
    "EntryNames",
    "FieldComment",
    "FieldThread",
    "FormAutosave",
    "OldSlug",
    "Practised",
    "Presence",
    "PreviewLink",
    "Proposal",
    "Release",
    "Revision",
    "SavedFilter",
    "SearchDocument",
    "SearchWord",
    "SentForm",
    "SignedHead",
    "SkippedText",
    "TextAges",
    "Translation",
    "TranslationCheck",
    "TranslatorsPlace",
    "Watch",
    "WorkerTurn",
]
