"""The form for the texts of an entry in one language."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.forms.notes import NoteForm
from publishing.fields.boxes import clean
from publishing.fields.form_fields import LineField, MultilineField
from publishing.languages import direction
from publishing.tokens import new_token
from publishing.translations.side_by_side import Wording
from publishing.vocabulary import ChangeClass


class TranslationForm(NoteForm):
    """The texts of an entry in one language: for each a new wording, or a tick that the old one is right."""

    # Who has a translation waiting for review, by path of the text.
    waiting: Mapping[str, str] = MappingProxyType({})

    based_on = forms.IntegerField(widget=forms.HiddenInput)
    # Tells this opened form from others: it has its own autosave, and is answered once.
    form_token = forms.CharField(required=False, max_length=22, widget=forms.HiddenInput)

    def __init__(self, *args: Any, wordings: list[Wording], language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.wordings = wordings
        self.initial.setdefault("form_token", new_token())
        self.fields["note"].required = False
        self.fields["note"].help_text = _("What you translated, for the page's public history.")
        for wording in wordings:
            self.fields[f"text:{wording.path}"] = _wording_field(wording, language)
            if wording.translation_status == "stale":
                label = _("The translation is still correct")
                self.fields[f"still:{wording.path}"] = forms.BooleanField(required=False, label=label)

    def clean(self) -> dict[str, Any]:
        """Check that something was changed or confirmed; a change needs a public note."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.changed and not self.still_right:
            self.add_error(None, _("Nothing was changed, so nothing was published."))
        elif self.changed and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Say in a public note what changes and why."))
        return cleaned

    @property
    def changed(self) -> dict[str, str]:
        """The new wordings, by path."""
        sent = ((wording, self.cleaned_data.get(f"text:{wording.path}")) for wording in self.wordings)
        return {
            wording.path: text
            for wording, text in sent
            if text is not None and text != clean(wording.column, wording.wording)
        }

    @property
    def still_right(self) -> list[str]:
        """The paths of the stale texts that were ticked, except those with a new wording."""
        changed = self.changed
        return [
            wording.path
            for wording in self.wordings
            if self.cleaned_data.get(f"still:{wording.path}") and wording.path not in changed
        ]

    @property
    def change_class(self) -> str:
        """An addition if all new wordings were empty before, else a correction."""
        before = {wording.path: wording.wording for wording in self.wordings}
        return ChangeClass.CORRECTION if any(before[path] for path in self.changed) else ChangeClass.ADDITION

    @property
    def sides(self) -> list[tuple[Wording, forms.BoundField, forms.BoundField | None, str]]:
        """Each text, the field for its wording, the checkbox of a stale one, and whose translation waits."""
        return [
            (
                wording,
                self[f"text:{wording.path}"],
                self[name] if (name := f"still:{wording.path}") in self.fields else None,
                self.waiting.get(wording.path, ""),
            )
            for wording in self.wordings
        ]


def _wording_field(wording: Wording, language: str) -> forms.Field:
    longest = max(len(wording.source), len(wording.wording))
    widget = forms.Textarea(
        attrs={
            "rows": min(24, 2 + longest // 55),
            "lang": language,
            "dir": direction(language),
            "class": "in-language",
        }
    )
    field_class = MultilineField if isinstance(wording.column, models.TextField) else LineField
    return field_class(
        label=wording.label,
        required=False,
        initial=wording.wording,
        validators=wording.column.validators,
        widget=widget,
    )
