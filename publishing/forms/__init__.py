"""What editors send: an entry with its note, a reason to retract, choices in a conflict, a review."""

from publishing.forms.entries import EntryForm
from publishing.forms.joining import ConflictForm, MergeForm
from publishing.forms.kept_lists import FilterForm
from publishing.forms.notes import NoteField, NoteForm, RetractionForm
from publishing.forms.reviewing import CommentForm, ShareForm, StepForm
from publishing.forms.translating import TranslationForm

__all__ = [
    "CommentForm",
    "ConflictForm",
    "EntryForm",
    "FilterForm",
    "MergeForm",
    "NoteField",
    "NoteForm",
    "RetractionForm",
    "ShareForm",
    "StepForm",
    "TranslationForm",
]
