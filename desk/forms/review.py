"""What is sent while a proposal is reviewed: a step, a comment, a link to show it."""

from functools import partial
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.forms.notes import NoteForm, change_classes
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

# What a page sends that shows a box beside each change.
HAS_TICKS = "has_ticks"
REASONS = [("", _("Choose a reason …")), *Reason.choices]


class StepForm(forms.Form):
    """A step of a proposal: what is written with it, and when it shall be published.

    A page that does not show the public note leaves it as it is.
    """

    public_note = NoteForm.base_fields["note"]
    note_language = NoteForm.base_fields["note_language"]
    change_class = forms.ChoiceField(label=_("Kind of change"))
    override_reason = MultilineField(
        label=_("Publish against a rule, because"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        validators=[refuse_invisible_in_prose],
        help_text=_("Only where a rule is against it; the reason is kept in the history."),
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
        self, *args: Any, changes: list[Change], proposal: Proposal, step: str = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.changes, self.step = changes, TRANSITIONS.get(step)
        self.initial = {
            **self.initial,
            "public_note": proposal.note,
            "note_language": proposal.note_language,
            "change_class": proposal.change_class,
            "override_reason": proposal.override_reason,
        }
        cast(forms.ChoiceField, self.fields["change_class"]).choices = partial(change_classes, proposal)
        for name in ("public_note", "note_language", "change_class"):
            self.fields[name].required = self.may_reword and name in self.data
        for name in self.step.needs if self.step else ():
            if name in self.fields:
                self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """Nothing that was unticked is accepted; each change that is declined has a reason that there is."""
        cleaned = super().clean() or self.cleaned_data
        left = [one.path for one in self.changes if not self.is_ticked(one.path)]
        is_partial = self.step is not None and self.step.is_partial
        if self.may_reword and not is_partial and HAS_TICKS in self.data and left:
            self.add_error(None, _("You have unticked a change. Accept what is ticked, or tick it again."))
        if is_partial and any(self.reason_for(path) not in Reason.values for path in left):
            self.add_error("reason", _("Choose why you decline what is not ticked."))
        return cleaned

    @property
    def may_reword(self) -> bool:
        """With a step that makes something public, the public note may be put better."""
        return self.step is not None and self.step.publishes

    def is_ticked(self, path: Path) -> bool:
        """Whether the change is to be accepted; all are until somebody says otherwise."""
        return not self.is_bound or self.tick_of(path) in self.data

    def reason_for(self, path: Path) -> str:
        """Why the change is declined: its own reason, or the one for all."""
        return self.own_reason(path) or self.cleaned_data.get("reason") or ""

    def own_reason(self, path: Path) -> str:
        """The reason chosen beside the change."""
        return self.data.get(self.reason_of(path), "")

    @staticmethod
    def tick_of(path: Path) -> str:
        """The name of a change's box."""
        return f"accept:{path}"

    @staticmethod
    def reason_of(path: Path) -> str:
        """The name of the list of reasons beside a change."""
        return f"reason:{path}"

    @property
    def given(self) -> StepInput:
        """What was given with the step."""
        names = ("note", "internal_note", "reason", "at")
        decisions = {one.path: self._decision(one.path) for one in self.changes}
        return StepInput(decisions=decisions, **{name: self.cleaned_data[name] for name in names})

    def _decision(self, path: Path) -> ChangeDecision:
        if self.is_ticked(path):
            return ChangeDecision(Verdict.ACCEPTED)
        said = self.cleaned_data
        return ChangeDecision(Verdict.DECLINED, self.reason_for(path), said["note"], said["internal_note"])

    @property
    def rewording(self) -> dict[str, str]:
        """The public note and its kin, where they were put otherwise than the proposal has them."""
        if not self.may_reword or "public_note" not in self.data:
            return {}
        names = ("public_note", "note_language", "change_class", "override_reason")
        said = {name: self.cleaned_data[name] for name in names if name in self.data}
        if said == {name: self.initial[name] for name in said}:
            return {}
        return {"note" if name == "public_note" else name: value for name, value in said.items()}


class CommentForm(forms.Form):
    """What somebody says of a proposal, or of one change in it."""

    text = MultilineField(
        label=_("Comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        validators=[refuse_invisible_in_prose],
    )
    path = CodeField(max_length=200, required=False, widget=forms.HiddenInput)


class ShareForm(forms.Form):
    """For how long a link to the preview shall lead somewhere."""

    days = WholeNumberField(label=_("Days"), min_value=1, max_value=30, initial=7)
