"""What editors send: an entry with its note, a reason to retract, choices in a conflict, a review."""

from desk.forms.conflicts import ConflictForm, MergeForm
from desk.forms.entry import EntryForm
from desk.forms.notes import NoteForm, RetractionForm
from desk.forms.review import CommentForm, ShareForm, StepForm
from desk.forms.saved_filter import FilterForm
from desk.forms.translation import TranslationForm

__all__ = [
    "CommentForm",
    "ConflictForm",
    "EntryForm",
    "FilterForm",
    "MergeForm",
    "NoteForm",
    "RetractionForm",
    "ShareForm",
    "StepForm",
    "TranslationForm",
]
