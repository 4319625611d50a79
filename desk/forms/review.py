"""The forms of a review: a step, a comment, a preview link."""

from functools import partial
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.forms.notes import NoteForm, OverrideForm, change_classes
from desk.widgets import date_and_time
from publishing.fields.columns import refuse_invisible_in_prose
from publishing.fields.day_fields import MomentField
from publishing.fields.form_fields import CodeField, MultilineField
from publishing.fields.number_fields import WholeNumberField
from publishing.models import Proposal
from publishing.snapshots import Change, Path
from publishing.vocabulary import Reason, Verdict
from publishing.workflow.decisions import ChangeDecision
from publishing.workflow.running import StepInput
from publishing.workflow.transitions import TRANSITIONS

# Sent by pages that show a checkbox for each change.
HAS_TICKS = "has_ticks"
# Sent by pages that ask whether the sources of the old values support the new ones.
ASKS_FOR_SOURCES = "asks_for_sources"
REASONS = [("", _("Choose a reason …")), *Reason.choices]


class StepForm(forms.Form):
    """The input of a step: notes, reason, decisions, and the time of publishing.

    A page that does not send the public note does not change it.
    optional: input that the step needs, and that is made by the page where it is not sent.
    """

    public_note = NoteForm.base_fields["note"]
    note_language = NoteForm.base_fields["note_language"]
    change_class = forms.ChoiceField(label=_("Kind of change"))
    override_reason = OverrideForm.base_fields["override_reason"]
    sources_confirmed = forms.BooleanField(
        label=_("The sources that stood there support the new values; I have checked"), required=False
    )
    note = MultilineField(
        label=_("Note to the author"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        validators=[refuse_invisible_in_prose],
        help_text=_("Required to send back, to decline or to accept in part."),
    )
    internal_note = MultilineField(
        label=_("Note for moderators"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        validators=[refuse_invisible_in_prose],
    )
    reason = forms.ChoiceField(
        label=_("Why it is declined"),
        choices=REASONS,
        required=False,
        help_text=_(
            "Required to decline; when accepting in part, for each change that is not ticked and "
            "has no reason of its own."
        ),
    )
    at = MomentField(label=_("Publish at (UTC)"), required=False, widget=date_and_time())

    def __init__(
        self,
        *args: Any,
        changes: list[Change],
        proposal: Proposal,
        step: str = "",
        optional: tuple[str, ...] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.changes, self.step = changes, TRANSITIONS.get(step)
        self.initial = {
            **self.initial,
            "public_note": proposal.note,
            "note_language": proposal.note_language,
            "change_class": proposal.change_class,
            "override_reason": proposal.override_reason,
            "sources_confirmed": proposal.sources_confirmed,
        }
        cast(forms.ChoiceField, self.fields["change_class"]).choices = partial(change_classes, proposal)
        for name in ("public_note", "note_language", "change_class"):
            self.fields[name].required = self.may_reword and name in self.data
        for name in self.step.needs if self.step else ():
            if name in self.fields:
                self.fields[name].required = name not in optional

    def clean(self) -> dict[str, Any]:
        """Check that an unticked change is not accepted, and that each declined change has a valid reason."""
        cleaned = super().clean() or self.cleaned_data
        unticked = [change.path for change in self.changes if not self.is_ticked(change.path)]
        is_partial = self.step is not None and self.step.is_partial
        if self.may_reword and not is_partial and HAS_TICKS in self.data and unticked:
            self.add_error(None, _("You have unticked a change. Accept what is ticked, or tick it again."))
        if is_partial and any(self.reason_for(path) not in Reason.values for path in unticked):
            self.add_error("reason", _("Choose why you decline what is not ticked."))
        return cleaned

    @property
    def may_reword(self) -> bool:
        """Whether the public note may be edited: with a step that publishes."""
        return self.step is not None and self.step.publishes

    def is_ticked(self, path: Path) -> bool:
        """Whether the change is ticked; before the form is sent, all are."""
        return not self.is_bound or self.tick_name(path) in self.data

    def reason_for(self, path: Path) -> str:
        """Why the change is declined: its own reason, or the one for all."""
        return self.own_reason(path) or self.cleaned_data.get("reason") or ""

    def own_reason(self, path: Path) -> str:
        """The reason chosen for this change, or ""."""
        return self.data.get(self.reason_name(path), "")

    @staticmethod
    def tick_name(path: Path) -> str:
        """The name of the checkbox of a change."""
        return f"accept:{path}"

    @staticmethod
    def reason_name(path: Path) -> str:
        """The name of the select of reasons of a change."""
        return f"reason:{path}"

    @property
    def asks_for_sources(self) -> bool:
        """Whether the form asked if the sources of the old values support the new ones too."""
        return self.may_reword and ASKS_FOR_SOURCES in self.data

    @property
    def given(self) -> StepInput:
        """The input of the step."""
        names = ("note", "internal_note", "reason", "at")
        decisions = {change.path: self._decision(change.path) for change in self.changes}
        return StepInput(decisions=decisions, **{name: self.cleaned_data[name] for name in names})

    def _decision(self, path: Path) -> ChangeDecision:
        if self.is_ticked(path):
            return ChangeDecision(Verdict.ACCEPTED)
        note, internal_note = self.cleaned_data["note"], self.cleaned_data["internal_note"]
        return ChangeDecision(Verdict.DECLINED, self.reason_for(path), note, internal_note)

    @property
    def rewording(self) -> dict[str, str]:
        """The parameters of `rewording.reword`; empty if nothing differs from the proposal."""
        if not self.may_reword or "public_note" not in self.data:
            return {}
        names = ("public_note", "note_language", "change_class", "override_reason")
        values = {name: self.cleaned_data[name] for name in names if name in self.data}
        if values == {name: self.initial[name] for name in values}:
            return {}
        return {"note" if name == "public_note" else name: value for name, value in values.items()}


class CommentForm(forms.Form):
    """A comment on a proposal, or on one change in it."""

    text = MultilineField(
        label=_("Comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        validators=[refuse_invisible_in_prose],
    )
    path = CodeField(max_length=200, required=False, widget=forms.HiddenInput)


class ShareForm(forms.Form):
    """For how many days a preview link is valid."""

    days = WholeNumberField(label=_("Days"), min_value=1, max_value=30, initial=7)
