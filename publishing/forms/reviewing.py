"""What is sent while a proposal is reviewed: a step, a comment, a link to show it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.actions import Word
from publishing.columns import refuse_unseen_in_prose
from publishing.forms.moments import date_and_time
from publishing.forms.notes import NoteField
from publishing.snapshots import Change, Path
from publishing.transitions import TRANSITIONS
from publishing.vocabulary import Reason, Verdict


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
    at = forms.SplitDateTimeField(label=_("Publish at (UTC)"), required=False, widget=date_and_time())

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
