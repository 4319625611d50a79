"""The form of an entry, with the note for its revision."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.addresses import desk_address
from desk.forms.notes import EDITORS_CLASSES, NoteForm, OverrideForm, change_classes
from desk.opened_rows import OPEN
from desk.widgets import date_and_time
from publishing.fields.day_fields import MomentField
from publishing.fields.far_dates import ask_about_far_dates
from publishing.models import Proposal
from publishing.rules import Refusal
from publishing.tokens import new_token
from publishing.twins import is_there_already
from publishing.vocabulary import ChangeClass


class EntryForm(forms.ModelForm):
    """An entry with the note for its revision, and the revision or version that the form started from."""

    # The refusal of the last attempt, shown with everything that was typed.
    refusal: Refusal | None = None
    # The draft that the form edits.
    draft: Proposal | None = None

    public_note = NoteForm.base_fields["note"]
    note_language = NoteForm.base_fields["note_language"]
    change_class = forms.ChoiceField(label=_("Kind of change"), choices=EDITORS_CLASSES)
    publish_at = MomentField(
        label=_("Publish at (UTC)"),
        required=False,
        widget=date_and_time(),
        help_text=_("Leave it empty to publish at once."),
    )
    override_reason = OverrideForm.base_fields["override_reason"]
    sources_confirmed = forms.BooleanField(
        label=_("The sources of what I changed support the new values"),
        required=False,
        help_text=_(
            "Tick it if you have checked them. Otherwise they are shown as said of an earlier value, "
            "and no longer count."
        ),
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)
    draft_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # Tells this opened form from others: it has its own autosave, and is answered once.
    form_token = forms.CharField(required=False, max_length=22, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        is_new = not self.instance.revision
        self.fields["public_note"].required = not {"_draft", OPEN} & {*self.data}
        self.initial.setdefault("change_class", ChangeClass.ADDITION if is_new else ChangeClass.CORRECTION)
        self.initial.setdefault("based_on", self.instance.revision or None)
        self.initial.setdefault("form_token", new_token())
        if self.draft is not None:
            self.initial = {
                **self.initial,
                "public_note": self.draft.note,
                "note_language": self.draft.note_language,
                "override_reason": self.draft.override_reason,
                "sources_confirmed": self.draft.sources_confirmed,
                "publish_at": self.draft.publish_at,
                "draft_version": self.draft.version,
                "based_on": self.draft.base.number if self.draft.base else None,
                "change_class": self.draft.change_class,
            }
            cast(forms.ChoiceField, self.fields["change_class"]).choices = change_classes(self.draft)

    def clean(self) -> dict[str, Any]:
        """Add the message of the refusal."""
        cleaned = super().clean() or self.cleaned_data
        ask_about_far_dates(self)
        if self.refusal is not None:
            self.add_error(None, self.refusal.message)
        return cleaned

    def _post_clean(self) -> None:
        """Then point to an entry that is the same thing, where what tells it was typed now."""
        super()._post_clean()  # type: ignore[misc]
        typed = {*self.changed_data} - {*self.errors}
        if typed & {column.name for column in self.instance._meta.concrete_fields}:
            for column, twin in self.instance.twins().items():
                if column in typed:
                    self.add_error(column, is_there_already(twin, desk_address(twin)))

    @property
    def provenance(self) -> dict[str, Any]:
        """The note, its language, the class of the change and what else the actions take with it."""
        return {
            "note": self.cleaned_data["public_note"],
            "note_language": self.cleaned_data["note_language"],
            "change_class": self.cleaned_data["change_class"],
            "override_reason": self.cleaned_data["override_reason"],
            "sources_confirmed": self.cleaned_data["sources_confirmed"],
        }
