"""The forms of the public: a proposal with its source, an answer, an appeal, a credit."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contributions.abuse import blocklists
from contributions.form.editable import EditableFields
from contributions.form.fields import field_of, value_of
from contributions.form.wanted import wanted_snapshot
from publishing.fields.columns import refuse_invisible, refuse_invisible_in_prose
from publishing.fields.far_dates import ask_about_far_dates
from publishing.fields.form_fields import CodeField, LineField, MailField, MultilineField
from publishing.fields.partial_dates import PartialDate
from publishing.snapshots import Path, Snapshot, dates_in
from publishing.twins import is_there_already
from publishing.vocabulary import ChangeClass

LATIN = {"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}


def _textarea(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class ProposalForm(forms.Form):
    """The facts that may be changed, and below them the source, the reason and the sender."""

    token = CodeField(max_length=1000, widget=forms.HiddenInput)
    # Bots fill every field; people do not see this one. Its name and attributes keep browsers and password
    # managers from filling it; where one does, the box is shown, empty.
    nothing_here = LineField(
        label=_("Leave this box empty"),
        required=False,
        max_length=500,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "tabindex": "-1",
                "data-1p-ignore": "",
                "data-bwignore": "",
                "data-form-type": "other",
                "data-lpignore": "true",
            }
        ),
    )
    source_reference = LineField(
        label=pgettext_lazy("label", "Source"),
        required=False,
        max_length=500,
        validators=[refuse_invisible],
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("An address on the web, or author, title and year, or a document’s number."),
    )
    source_page = LineField(
        label=_("Page or paragraph"),
        required=False,
        max_length=100,
        validators=[refuse_invisible],
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    source_quotation = MultilineField(
        label=_("What it says, word for word"),
        required=False,
        max_length=2000,
        validators=[refuse_invisible_in_prose],
        widget=_textarea(2),
        help_text=_("In the source’s own language; one or two sentences."),
    )
    why_no_source = MultilineField(
        label=_("If you cannot name a source, please say why"),
        required=False,
        max_length=1000,
        validators=[refuse_invisible_in_prose],
        widget=_textarea(2),
    )
    reason = MultilineField(
        label=_("What is wrong or missing, in a sentence"),
        max_length=1000,
        validators=[refuse_invisible_in_prose],
        widget=_textarea(3),
        help_text=_("If the change is published, this sentence is published with it."),
    )
    name = LineField(
        label=_("Your name"),
        required=False,
        max_length=100,
        validators=[refuse_invisible],
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    wants_credit = forms.BooleanField(
        label=_("Name me in the public history if the change is published"), required=False
    )
    mail = MailField(
        label=_("Your email address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={**LATIN, "autocomplete": "email"}),
        help_text=_(
            "We will email you when there is a question or a decision. You confirm the address first."
        ),
    )
    removes_row = forms.BooleanField(label=_("This row does not belong here: remove it"), required=False)

    def __init__(self, *args: Any, editable: EditableFields, **options: Any) -> None:
        super().__init__(*args, **options)
        self.editable = editable
        self.facts = {form_field_name(fact.path): fact for fact in editable.all_facts}
        for name, fact in self.facts.items():
            self.fields[name] = field_of(fact)
        if not editable.is_of_row:
            del self.fields["removes_row"]
        if editable.is_of_new_entry:
            self._require_title()

    def _require_title(self) -> None:
        titles = [name for name in self.facts if name.startswith("f:title_")]
        in_one_column = [one for one in self.editable.facts if one.path.column == "title"]
        self.fields[titles[0]].required = len(in_one_column) < 2

    def clean(self) -> dict[str, Any]:
        """Require a source, or why there is none, and a name for a credit; refuse blocked words and sites."""
        cleaned = super().clean() or self.cleaned_data
        sources = ("source_reference", "why_no_source")
        if not any(cleaned.get(name) or name in self.errors for name in sources):
            message = _("Name a source that others can check, or say below why you cannot.")
            self.add_error("source_reference", message)
        if cleaned.get("wants_credit") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Enter the name to credit, or untick the box."))
        ask_about_far_dates(self, self._other_dates())
        self._clean_entry()
        if cleaned.get("nothing_here") or "nothing_here" in self.errors:
            self._empty_bait()
        for name, refusal in blocklists.find_blocked({name: cleaned.get(name) for name in self.fields}):
            self.add_error(name, refusal.message)
        return cleaned

    def _other_dates(self) -> list[PartialDate]:
        """The other dates of the entry."""
        own = {fact.path for fact in self.facts.values()}
        return [date for path, date in dates_in(self.editable.start) if path not in own]

    def _clean_entry(self) -> None:
        """Let the model clean the facts together, and look for an entry that is the same."""
        if self.editable.row.row_kind:
            return
        boxes = {fact.path.column: name for name, fact in self.facts.items() if name not in self.errors}
        entry = self.editable.kind()
        for column, name in boxes.items():
            if not isinstance(entry._meta.get_field(column), models.ManyToManyField):
                setattr(entry, column, self.cleaned_data[name])
        try:
            entry.clean()
        except ValidationError as error:
            for column, messages in error.message_dict.items():
                self.add_error(boxes.get(column), messages)
            return
        for column, name in boxes.items():
            if isinstance(self.cleaned_data[name], str):
                self.cleaned_data[name] = getattr(entry, column)
        for column, twin in entry.twins().items() if self.editable.is_of_new_entry else ():
            if column in boxes:
                self.add_error(boxes[column], is_there_already(twin, twin.get_absolute_url()))

    def unchecked(self) -> "ProposalForm":
        """The form with what was typed so far, and without errors."""
        typed = {
            name: field.widget.value_from_datadict(self.data, self.files, name)
            for name, field in self.fields.items()
            if name in self.data
        }
        return ProposalForm(editable=self.editable, initial=typed)

    def _empty_bait(self) -> None:
        """Show the box that was filled, empty, to the person whose browser filled it."""
        message = _(
            "Something filled this box, which is there to catch automatic senders. It is empty again: "
            "leave it so, and send the form once more."
        )
        self.errors.pop("nothing_here", None)
        self.add_error("nothing_here", message)
        data = cast(QueryDict, self.data).copy()
        data["nothing_here"] = ""
        self.data = data
        del self.fields["nothing_here"].widget.attrs["tabindex"]

    @property
    def wanted(self) -> Snapshot:
        """The snapshot of the entry with the sender's changes."""
        typed: dict[Path, Any] = {
            fact.path: value_of(fact, self.cleaned_data[name]) for name, fact in self.facts.items()
        }
        return wanted_snapshot(self.editable, typed, removes_row=self.cleaned_data.get("removes_row", False))

    @property
    def change_class(self) -> str:
        """An addition for a new entry or row, else a correction."""
        is_new = self.editable.is_of_new_entry or self.editable.is_of_new_row
        return ChangeClass.ADDITION if is_new else ChangeClass.CORRECTION

    # --- the fields on the page ------------------------------------------------------------

    @property
    def open_fields(self) -> list[forms.BoundField]:
        """The facts that are shown from the start."""
        return [self[form_field_name(fact.path)] for fact in self.editable.facts]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """Further facts, in a section that is closed at first."""
        return [self[form_field_name(fact.path)] for fact in self.editable.more]

    @property
    def has_error_in_more(self) -> bool:
        """Whether a fact in the closed section has an error."""
        return any(box.errors for box in self.more_fields)

    @property
    def field_errors(self) -> list[tuple[forms.BoundField, str]]:
        """The fields with errors and their messages, in the order of the page."""
        names = [box.name for box in (*self.open_fields, *self.more_fields)]
        names += [name for name in self.fields if name not in self.facts]
        return [
            (self[name], format_html_join(" ", "{}", ([one] for one in self.errors[name])))
            for name in names
            if name in self.errors
        ]


def form_field_name(path: Path) -> str:
    """The name of the form field of a fact."""
    return f"f:{path}"


class MessageForm(forms.Form):
    """A message of the sender: an answer or an appeal."""

    text = MultilineField(
        label=_("Your answer"),
        max_length=2000,
        validators=[refuse_invisible_in_prose],
        widget=_textarea(4),
    )

    def clean_text(self) -> str:
        """Refuse blocked words and sites."""
        for _name, refusal in blocklists.find_blocked({"text": self.cleaned_data["text"]}):
            raise forms.ValidationError(refusal.message, code=refusal.code)
        return self.cleaned_data["text"]


class AppealForm(MessageForm):
    """The reason for an appeal."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label = _("What was overlooked?")


class CreditForm(forms.Form):
    """The name under which the sender is credited; empty for no credit."""

    name = LineField(
        label=_("Name to credit"),
        required=False,
        max_length=100,
        validators=[refuse_invisible],
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
        help_text=_("Leave it empty to stay unnamed."),
    )
