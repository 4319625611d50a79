"""The pages of an entry of any kind, as it is now and as it was; and lists of entries."""

from publishing.views.entries import EntryDetail, EntryList, QuestionedList, shared_preview
from publishing.views.history import EntryHistory, RevisionDetail

__all__ = [
    "EntryDetail",
    "EntryHistory",
    "EntryList",
    "QuestionedList",
    "RevisionDetail",
    "shared_preview",
]
