"""The forms for a public note and for the reason of a retraction."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from publishing.fields.columns import refuse_invisible_in_prose
from publishing.fields.form_fields import MultilineField
from publishing.models import Proposal
from publishing.vocabulary import ChangeClass, PageLanguage

EDITORS_CLASSES = [
    (change_class.value, change_class.label)
    for change_class in (ChangeClass.ADDITION, ChangeClass.CORRECTION, ChangeClass.TYPO)
]


def change_classes(proposal: Proposal | None) -> list[tuple[str, Any]]:
    """The classes that an editor may choose; that of a restoration cannot be changed."""
    if proposal is None or proposal.change_class in dict(EDITORS_CLASSES):
        return EDITORS_CLASSES
    return [(proposal.change_class, proposal.get_change_class_display())]


class NoteForm(forms.Form):
    """A public note and its language."""

    note = MultilineField(
        label=_("Public note"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        validators=[refuse_invisible_in_prose],
        help_text=_("What changes and why, for the page's public history."),
    )
    note_language = forms.ChoiceField(
        label=_("Language of the note"), choices=PageLanguage.choices, initial=get_language
    )


class OverrideForm(forms.Form):
    """Why somebody publishes although a rule is against it."""

    override_reason = MultilineField(
        label=_("Publish against a rule, because"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        validators=[refuse_invisible_in_prose],
        help_text=_("Only where a rule is against it; the reason is kept in the history."),
    )


class RetractionForm(NoteForm):
    """The public reason of a retraction."""

    note = MultilineField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        validators=[refuse_invisible_in_prose],
        help_text=_("The public will read it at the entry's address."),
    )
