"""What the review page of a proposal shows: what it changes, its steps, and what was said of it."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from desk import alike
from desk.addresses import desk_address, draft_address
from desk.forms.review import CommentForm, ShareForm, StepForm
from desk.hooks import review_notes
from publishing import comparison, rules, snapshots
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Proposal
from publishing.proposals import changes_of, start_of
from publishing.refusals import Refusal
from publishing.vocabulary import Reason
from publishing.workflow import states
from publishing.workflow.transitions import Transition, Weight, Who, steps_of


@dataclass(frozen=True)
class ReviewForms:
    """The forms of the page: as they were sent, where something in them was refused."""

    step: StepForm | None = None
    comment: CommentForm | None = None
    share: ShareForm | None = None
    # The address of a preview link that was made just now; it is shown this once.
    shared: str = ""


@dataclass(frozen=True)
class ReviewedProposal:
    """A proposal, what it changes and how that reads."""

    proposal: Proposal
    start: snapshots.Snapshot
    changes: list[snapshots.Change]
    reader: comparison.Reader

    @classmethod
    def of(cls, proposal: Proposal) -> "ReviewedProposal":
        """What the proposal started from, and all that it would change."""
        start = start_of(proposal)
        reader = comparison.Reader(proposal.kind, start, proposal.wanted)
        return cls(proposal, start, changes_of(proposal), reader)


@dataclass(frozen=True)
class StepButton:
    """A step of the table, and why the person may not take it."""

    step: Transition
    why_not: Refusal | None
    is_from_here: bool


@dataclass(frozen=True)
class StepButtons:
    """The buttons of the page, in the order of the table."""

    of: list[StepButton] = field(default_factory=list)

    @classmethod
    def for_person(cls, proposal: Proposal, by: Any) -> "StepButtons":
        """Every step that a person may take, with why not."""
        now = timezone.now()
        return cls(
            [
                StepButton(one, rules.why_not(one.name, proposal, by, now), proposal.state in one.sources)
                for one in steps_of(Who.AUTHORS, Who.MODERATORS)
            ]
        )

    @property
    def possible(self) -> list[Transition]:
        """What this person may do now."""
        return [one.step for one in self.of if one.why_not is None]

    @property
    def first_light(self) -> Transition | None:
        """Where the light ones begin, if others stand before them."""
        light = [step for step in self.possible if step.weight is Weight.LIGHT]
        return light[0] if light and light[0] is not self.possible[0] else None

    @property
    def not_now(self) -> dict[str, list[Transition]]:
        """What the state allows, but not to this person now, by the reason."""
        return self._not_possible(is_from_here=True)

    @property
    def not_from_here(self) -> dict[str, list[Transition]]:
        """What the state does not allow, by the reason."""
        return self._not_possible(is_from_here=False)

    @property
    def may_publish(self) -> bool:
        """Something can be made public by one of them."""
        return any(step.publishes for step in self.possible)

    @property
    def may_choose(self) -> bool:
        """Single changes can be accepted."""
        return any(step.is_partial for step in self.possible)

    @property
    def takes(self) -> set[str]:
        """What has to be given with one of them."""
        return {name for step in self.possible for name in step.needs}

    def _not_possible(self, *, is_from_here: bool) -> dict[str, list[Transition]]:
        found: dict[str, list[Transition]] = {}
        for one in self.of:
            if one.why_not is not None and one.is_from_here == is_from_here:
                found.setdefault(one.why_not.message, []).append(one.step)
        return found


@dataclass(frozen=True)
class ReviewedChange:
    """One change beside its line: its box, what to look at, what was said and what was decided."""

    path: str
    label: str
    tick: str
    is_ticked: bool
    reason: str
    own_reason: str
    notes: list[str]
    comments: list[Any]
    decision: Any


@dataclass(frozen=True)
class Comments:
    """What was said of the proposal as a whole, and the form to add to it."""

    form: CommentForm
    # The change that the form speaks of, where it was sent from beside one.
    about: ReviewedChange | None
    # Each comment, with the name of the change that it was of where that was taken out since.
    of_the_whole: list[dict[str, Any]]


@dataclass(frozen=True)
class Sharing:
    """The links by which somebody without an account may look at it, and the form for a new one."""

    form: ShareForm
    shared: str
    links: list[dict[str, Any]]


def review_context(
    proposal: Proposal, request: HttpRequest, sent: ReviewForms | None = None
) -> dict[str, Any]:
    """All that the page needs."""
    sent, by = sent or ReviewForms(), request.user
    review = ReviewedProposal.of(proposal)
    form = sent.step or StepForm(changes=review.changes, proposal=proposal)
    steps = StepButtons.for_person(proposal, by)
    beside = _beside(review, form)
    entry = proposal.base.entry if proposal.base else proposal.entry
    wanted = snapshots.conformed(proposal.wanted)
    return {
        "title": _("Proposal for “%(title)s”") % {"title": proposal.title},
        "proposal": proposal,
        "is_decided": proposal.state in states.DECIDED,
        "desk": desk_address(entry) if entry else "",
        "draft": draft_address(proposal) if rules.why_not_write(proposal, by) is None else "",
        "lines": review.reader.lines(review.changes),
        "beside": {"of": beside, "may_choose": steps.may_choose, "reasons": Reason.choices},
        "alike": [] if proposal.base or proposal.revision else [*alike.told_of_entry(wanted, by)],
        "shortcomings": rules.shortcomings(wanted, proposal.base_snapshot),
        "may_override": by.has_perm("publishing.override_rule"),
        "steps": steps,
        "form": form,
        "comments": _comments(review, beside, sent.comment or CommentForm()),
        "sharing": Sharing(sent.share or ShareForm(), sent.shared, _links(proposal, by)),
        "languages": PAGE_LANGUAGES,
        "now": timezone.now(),
        "is_claimed": proposal.claimed_until is not None and proposal.claimed_until > timezone.now(),
    }


def _beside(review: ReviewedProposal, form: StepForm) -> dict[str, ReviewedChange]:
    """What stands beside each change, by its path."""
    proposal, notes = review.proposal, _notes(review)
    said: dict[str, list[Any]] = {}
    for one in proposal.comments.exclude(path="").select_related("by"):
        said.setdefault(one.path, []).append(one)
    decided = {one.path: one for one in proposal.decisions.select_related("by")}
    return {
        path: ReviewedChange(
            path=path,
            label=review.reader.label(change.path),
            tick=form.tick_of(change.path),
            is_ticked=form.is_ticked(change.path),
            reason=form.reason_of(change.path),
            own_reason=form.own_reason(change.path),
            notes=notes.get(path, []),
            comments=said.get(path, []),
            decision=decided.get(path),
        )
        for change in review.changes
        for path in [str(change.path)]
    }


def _notes(review: ReviewedProposal) -> dict[str, list[str]]:
    """What the reviewer is pointed to beside each change, by its path."""
    notes: dict[str, list[str]] = {}
    wanted = snapshots.conformed(review.proposal.wanted)
    for find_notes in review_notes:
        for path, message in find_notes(review.start, wanted):
            notes.setdefault(str(path), []).append(message)
    return notes


def _comments(review: ReviewedProposal, beside: dict[str, ReviewedChange], form: CommentForm) -> Comments:
    """What was said of the proposal, or of a change that was taken out of it since, with its name."""
    said = review.proposal.comments.exclude(path__in=beside).select_related("by")
    of_the_whole = [{"said": one, "of": _name_of(one.path, review.reader)} for one in said]
    return Comments(form, beside.get(form.data.get("path", "")), of_the_whole)


def _name_of(path: str, read: comparison.Reader) -> str:
    """The change in words; as it was noted where there is no such column any more."""
    try:
        return read.label(snapshots.Path.parse(path, read.shown.rows)) if path else ""
    except FieldDoesNotExist:
        return path


def _links(proposal: Proposal, by: Any) -> list[dict[str, Any]]:
    return [
        {"link": link, "may_revoke": rules.why_not_revoke(link, by) is None}
        for link in proposal.preview_links.select_related("made_by")
    ]
