"""The texts of an entry in one language."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.forms.notes import NoteForm
from publishing.fields.boxes import cleaned
from publishing.fields.form_fields import LineField, MultilineField
from publishing.languages import direction
from publishing.translations.side_by_side import Wording
from publishing.vocabulary import ChangeClass


class TranslationForm(NoteForm):
    """The texts of an entry in one language: each its wording, or a tick that the old one still stands."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, wordings: list[Wording], language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.wordings = wordings
        self.fields["note"].required = False
        self.fields["note"].help_text = _("What you translated, for the page's public history.")
        for one in wordings:
            self.fields[f"text:{one.path}"] = _wording_field(one, language)
            if one.translation_status == "stale":
                label = _("The translation is still correct")
                self.fields[f"still:{one.path}"] = forms.BooleanField(required=False, label=label)

    def clean(self) -> dict[str, Any]:
        """Something must be done; what readers will see changed needs a note."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.changed and not self.still_right:
            self.add_error(None, _("Nothing was changed, so nothing was published."))
        elif self.changed and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Say in a public note what changes and why."))
        return cleaned

    @property
    def changed(self) -> dict[str, str]:
        """The wordings that are not what they were, by path."""
        said = ((one, self.cleaned_data.get(f"text:{one.path}")) for one in self.wordings)
        return {
            one.path: new for one, new in said if new is not None and new != cleaned(one.column, one.wording)
        }

    @property
    def still_right(self) -> list[str]:
        """The paths of stale texts that were ticked; new wording speaks for itself."""
        changed = self.changed
        return [
            one.path
            for one in self.wordings
            if self.cleaned_data.get(f"still:{one.path}") and one.path not in changed
        ]

    @property
    def change_class(self) -> str:
        """An addition where only what was empty was written, else a correction."""
        were = {one.path: one.wording for one in self.wordings}
        return ChangeClass.CORRECTION if any(were[path] for path in self.changed) else ChangeClass.ADDITION

    @property
    def sides(self) -> list[tuple[Wording, forms.BoundField, forms.BoundField | None]]:
        """Each text, the box for its wording, and the tick where there is one."""
        return [
            (
                one,
                self[f"text:{one.path}"],
                self[name] if (name := f"still:{one.path}") in self.fields else None,
            )
            for one in self.wordings
        ]


def _wording_field(one: Wording, language: str) -> forms.Field:
    longest = max(len(one.source), len(one.wording))
    box = forms.Textarea(
        attrs={
            "rows": min(24, 2 + longest // 55),
            "lang": language,
            "dir": direction(language),
            "class": "in-language",
        }
    )
    field = MultilineField if isinstance(one.column, models.TextField) else LineField
    return field(
        label=one.label, required=False, initial=one.wording, validators=one.column.validators, widget=box
    )
