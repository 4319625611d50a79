"""What editors send: an entry with its note, a reason to retract, choices in a conflict, a review."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from publishing.actions import Word
from publishing.columns import refuse_unseen, refuse_unseen_in_prose
from publishing.models import Entry, Proposal
from publishing.rules import Refusal
from publishing.snapshots import Change, Conflict, Path
from publishing.texts import PAGE_LANGUAGES, direction
from publishing.transitions import TRANSITIONS
from publishing.vocabulary import ChangeClass, Language, Reason, Verdict
from publishing.wordings import Wording

NOTE_LANGUAGES = [(code, label) for code, label in Language.choices if code in PAGE_LANGUAGES]
EDITORS_CLASSES = [
    (word.value, word.label) for word in (ChangeClass.ADDITION, ChangeClass.CORRECTION, ChangeClass.TYPO)
]


class NoteField(forms.CharField):
    """A short text of several lines; every way of ending a line is kept as one."""

    def to_python(self, value: Any) -> str:
        """The text with line feeds alone."""
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class NoteForm(forms.Form):
    """A public note, and the language that it is in."""

    note = NoteField(
        label=_("Public note"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        validators=[refuse_unseen_in_prose],
        help_text=_("What changes and why, for the page's public history."),
    )
    note_language = forms.ChoiceField(
        label=_("Language of the note"), choices=NOTE_LANGUAGES, initial=get_language
    )


class RetractionForm(NoteForm):
    """Why an entry is taken away from the public."""

    note = NoteField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        validators=[refuse_unseen_in_prose],
        help_text=_("The public will read it at the entry's address."),
    )


def _date_and_time() -> AdminSplitDateTime:
    """Two fields, each with a name of its own."""
    widget = AdminSplitDateTime()
    for part, name in zip(widget.widgets, (_("Date"), _("Time")), strict=True):
        part.attrs["aria-label"] = name
    return widget


class EntryForm(forms.ModelForm):
    """An entry, with the note that its revision will carry and what the form began with."""

    # What the rules said to the last try, shown with everything that was typed.
    refusal: Refusal | None = None
    # The draft that the form is opened on.
    draft: Proposal | None = None

    public_note = NoteForm.base_fields["note"]
    note_language = NoteForm.base_fields["note_language"]
    change_class = forms.ChoiceField(label=_("Kind of change"), choices=EDITORS_CLASSES)
    publish_at = forms.SplitDateTimeField(
        label=_("Publish at (UTC)"),
        required=False,
        widget=_date_and_time(),
        help_text=_("Leave it empty to publish at once."),
    )
    override_reason = NoteField(
        label=_("Publish against a rule, because"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        validators=[refuse_unseen_in_prose],
        help_text=_("Only where a rule speaks against it; the reason is kept in the history."),
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)
    draft_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        is_new = not self.instance.revision
        self.fields["public_note"].required = "_draft" not in self.data
        self.initial.setdefault("change_class", ChangeClass.ADDITION if is_new else ChangeClass.CORRECTION)
        self.initial.setdefault("based_on", self.instance.revision or None)
        if self.draft is not None:
            self.initial |= {
                "public_note": self.draft.note,
                "note_language": self.draft.note_language,
                "override_reason": self.draft.override_reason,
                "publish_at": self.draft.publish_at,
                "draft_version": self.draft.version,
                "based_on": self.draft.base.number if self.draft.base else None,
            }
            self.initial["change_class"] = self.draft.change_class
            if self.draft.change_class not in dict(EDITORS_CLASSES):
                # A restoration stays one.
                self.fields["change_class"].choices = [
                    (self.draft.change_class, self.draft.get_change_class_display())
                ]

    def clean(self) -> dict[str, Any]:
        """Add what the rules said."""
        cleaned = super().clean() or self.cleaned_data
        if self.refusal is not None:
            self.add_error(None, self.refusal.message)
        return cleaned

    @property
    def provenance(self) -> dict[str, str]:
        """The note and its kin, as the actions take them."""
        return {
            "note": self.cleaned_data["public_note"],
            "note_language": self.cleaned_data["note_language"],
            "change_class": self.cleaned_data["change_class"],
            "override_reason": self.cleaned_data["override_reason"],
        }


class ConflictForm(forms.Form):
    """For each conflict, whose value shall stand; and the revision or version that was shown."""

    against = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, conflicts: list[Conflict], against: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["against"] = against
        self.names = {self.name_of(conflict.path): conflict for conflict in conflicts}
        for name in self.names:
            self.fields[name] = forms.ChoiceField(
                choices=[("theirs", _("Theirs")), ("mine", _("Mine"))], widget=forms.RadioSelect
            )

    @staticmethod
    def name_of(path: Path) -> str:
        """The name of a conflict's field in the form."""
        return "choice:" + "/".join(path)

    @property
    def choices(self) -> dict[Path, str]:
        """Path by path, "mine" or "theirs"."""
        return {conflict.path: self.cleaned_data[name] for name, conflict in self.names.items()}


class StepForm(forms.Form):
    """A step of a proposal: what is written with it, and when it shall be published."""

    note = NoteField(
        label=_("Note to the author"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        validators=[refuse_unseen_in_prose],
        help_text=_("Needed to send back, to decline or to accept in part."),
    )
    internal_note = NoteField(
        label=_("Note for moderators"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        validators=[refuse_unseen_in_prose],
    )
    reason = forms.ChoiceField(label=_("Reason"), choices=Reason.choices, initial=Reason.UNSOURCED)
    at = forms.SplitDateTimeField(label=_("Publish at (UTC)"), required=False, widget=AdminSplitDateTime)

    def __init__(self, *args: Any, changes: list[Change], step: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.changes = changes
        self.fields["at"].required = step == "schedule"
        self.fields["note"].required = step != "" and TRANSITIONS[step].needs == "note"
        self.fields["reason"].required = step in {"accept_some", "decline"}

    def is_ticked(self, path: Path) -> bool:
        """Whether the change is to be accepted; all are until somebody says otherwise."""
        return not self.is_bound or self.tick_of(path) in self.data

    @staticmethod
    def tick_of(path: Path) -> str:
        """The name of a change's box."""
        return "accept:" + "/".join(path)

    @property
    def words(self) -> dict[Path, Word]:
        """What was decided of each change."""
        declined = Word(
            Verdict.DECLINED,
            self.cleaned_data["reason"],
            self.cleaned_data["note"],
            self.cleaned_data["internal_note"],
        )
        accepted = Word(Verdict.ACCEPTED)
        return {one.path: accepted if self.is_ticked(one.path) else declined for one in self.changes}


class CommentForm(forms.Form):
    """What somebody says of a proposal, or of one change in it."""

    text = NoteField(
        label=_("Comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        validators=[refuse_unseen_in_prose],
    )
    path = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)


class ShareForm(forms.Form):
    """For how long a link to the preview shall lead somewhere."""

    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=30, initial=7)


class FilterForm(forms.Form):
    """A list, narrowed down, to be kept under a name."""

    name = forms.CharField(label=_("Name"), max_length=80, validators=[refuse_unseen])
    is_shared = forms.BooleanField(label=_("for all at the desk"), required=False)
    place = forms.RegexField(r"^[a-z]+_[a-z]+$", max_length=60)
    query = forms.CharField(max_length=1000, required=False)


class MergeForm(NoteForm):
    """Into which entry another is merged, and why; and what was shown to whoever decides."""

    keep = forms.ModelChoiceField(label=_("The entry to keep"), queryset=Entry.objects.none())
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("keep",)

    def __init__(self, *args: Any, keepable: models.QuerySet, finder: forms.Widget, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["keep"] = forms.ModelChoiceField(keepable, label=_("The entry to keep"), widget=finder)

    @property
    def chosen(self) -> Entry | None:
        """The entry to keep, once a valid one was named."""
        if not self.is_bound:
            return None
        self.errors  # noqa: B018 - cleans what was sent
        return self.cleaned_data.get("keep")


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
            if one.standing == "stale":
                label = _("The translation still stands as it is")
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
        return {one.path: new for one, new in said if new is not None and new != one.wording.strip()}

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
    return NoteField(
        label=one.label, required=False, initial=one.wording, validators=one.column.validators, widget=box
    )
