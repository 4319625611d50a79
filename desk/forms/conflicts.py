"""The forms to resolve a conflict and to merge two entries."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.forms.notes import NoteForm
from publishing.fields.form_fields import CodeField
from publishing.models import Entry, Proposal
from publishing.snapshots import Conflict, Path


class ConflictForm(forms.Form):
    """For each conflict, the choice of "theirs" or "mine"; and the revision or version that was shown.

    theirs, mine: what the two sides are called, for each conflict in its order.
    A page that does not send the public note does not change it.
    """

    against = forms.IntegerField(widget=forms.HiddenInput)
    public_note = NoteForm.base_fields["note"]
    note_language = NoteForm.base_fields["note_language"]

    def __init__(
        self,
        *args: Any,
        conflicts: list[Conflict],
        against: int,
        theirs: list[str],
        mine: str,
        proposal: Proposal,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.proposal = proposal
        self.initial = {
            **self.initial,
            "against": against,
            "public_note": proposal.note,
            "note_language": proposal.note_language,
        }
        for name in ("public_note", "note_language"):
            self.fields[name].required = name in self.data
        self.names = {self.name_of(conflict.path): conflict for conflict in conflicts}
        for name, called in zip(self.names, theirs, strict=True):
            self.fields[name] = forms.ChoiceField(
                choices=[("theirs", called), ("mine", mine)], widget=forms.RadioSelect
            )

    @staticmethod
    def name_of(path: Path) -> str:
        """The name of a conflict's field in the form."""
        return f"choice:{path}"

    @property
    def choices(self) -> dict[Path, str]:
        """The choice for each path: "mine" or "theirs"."""
        return {conflict.path: self.cleaned_data[name] for name, conflict in self.names.items()}

    @property
    def note(self) -> dict[str, Any]:
        """The public note and its language; those of the proposal where the page did not send them."""
        if "public_note" not in self.data:
            return {"note": self.proposal.note, "note_language": self.proposal.note_language}
        return {
            "note": self.cleaned_data["public_note"],
            "note_language": self.cleaned_data["note_language"] or self.proposal.note_language,
        }


class MergeForm(NoteForm):
    """The entry to keep, the public note, and the fingerprint of the plan that was shown."""

    keep = forms.ModelChoiceField(label=_("The entry to keep"), queryset=Entry.objects.none())
    seen = CodeField(widget=forms.HiddenInput, required=False)
    field_order = ("keep",)

    def __init__(self, *args: Any, keepable: models.QuerySet, widget: forms.Widget, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["keep"] = forms.ModelChoiceField(keepable, label=_("The entry to keep"), widget=widget)

    @property
    def chosen(self) -> Entry | None:
        """The entry to keep; None until a valid one is chosen."""
        if not self.is_bound:
            return None
        self.errors  # noqa: B018 - cleans the data
        return self.cleaned_data.get("keep")
