"""The context of the review page of a proposal: its changes, steps and comments."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from desk import alike
from desk.addresses import desk_address, draft_address, filters_query
from desk.decided import AfterDecision
from desk.forms.review import CommentForm, ShareForm, StepForm
from desk.hooks import review_notes
from desk.newer_values import NewerRecord
from desk.threads import Subject, discussion_of
from publishing import comparison, rules, snapshots
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Decision, Proposal
from publishing.proposals import changes_of, expected_content, start_of
from publishing.refusals import Refusal, Shortcoming
from publishing.vocabulary import Reason
from publishing.workflow import states
from publishing.workflow.step import Transition, Who
from publishing.workflow.transitions import steps_of


@dataclass(frozen=True)
class ReviewForms:
    """The forms of the page that were sent and refused."""

    step: StepForm | None = None
    comment: CommentForm | None = None
    share: ShareForm | None = None
    # The address of a new preview link; it is shown only once.
    shared: str = ""


@dataclass(frozen=True)
class ReviewedProposal:
    """A proposal, its changes, and the describer that puts them into words."""

    proposal: Proposal
    start: snapshots.Snapshot
    changes: list[snapshots.Change]
    describer: comparison.Describer

    @classmethod
    def of(cls, proposal: Proposal) -> "ReviewedProposal":
        """Read what the proposal started from, and its changes."""
        start = start_of(proposal)
        describer = comparison.Describer(proposal.kind, start, proposal.wanted)
        return cls(proposal, start, changes_of(proposal), describer)


@dataclass(frozen=True)
class StepButton:
    """A step, and the refusal if the person may not take it.

    is_in_state: whether the step is possible in the state of the proposal.
    """

    step: Transition
    why_not: Refusal | None
    is_in_state: bool


# So many buttons a page begins with.
MOST_LEADING = 3


@dataclass(frozen=True)
class StepButtons:
    """The buttons of the page, in the order of the table of steps."""

    buttons: list[StepButton] = field(default_factory=list)

    @classmethod
    def for_person(cls, proposal: Proposal, by: Any) -> "StepButtons":
        """A button for every step of authors and moderators."""
        now = timezone.now()
        return cls(
            [
                StepButton(step, rules.why_not(step.name, proposal, by, now), proposal.state in step.sources)
                for step in steps_of(Who.AUTHORS, Who.MODERATORS)
            ]
        )

    @property
    def possible(self) -> list[Transition]:
        """The steps that the person may take now."""
        return [button.step for button in self.buttons if button.why_not is None]

    @property
    def leading(self) -> list[Transition]:
        """The possible steps that the page begins with: three at most."""
        shown = [step for step in self.possible if not step.undoes]
        return shown if len(shown) <= MOST_LEADING else [step for step in shown if step.leads]

    @property
    def folded(self) -> list[Transition]:
        """The other possible steps."""
        return [step for step in self.possible if not step.undoes and step not in self.leading]

    @property
    def not_now(self) -> dict[str, list[Transition]]:
        """The steps that the state allows but this person may not take now, by the reason."""
        return self._not_possible(is_in_state=True)

    @property
    def not_in_state(self) -> dict[str, list[Transition]]:
        """The steps that the state does not allow, by the reason."""
        return self._not_possible(is_in_state=False)

    @property
    def may_publish(self) -> bool:
        """Whether one of the possible steps publishes."""
        return any(step.publishes for step in self.possible)

    @property
    def may_choose(self) -> bool:
        """Whether single changes can be accepted."""
        return any(step.is_partial for step in self.possible)

    @property
    def needs(self) -> set[str]:
        """The input that the possible steps need."""
        return {name for step in self.possible for name in step.needs}

    def _not_possible(self, *, is_in_state: bool) -> dict[str, list[Transition]]:
        found: dict[str, list[Transition]] = {}
        for button in self.buttons:
            if button.why_not is not None and button.is_in_state == is_in_state:
                found.setdefault(button.why_not.message, []).append(button.step)
        return found


@dataclass(frozen=True)
class ReviewedChange:
    """What is shown below the line of one change: checkbox, reasons, notes, comments and decision.

    tick, reason: the names of its inputs.
    """

    path: str
    label: str
    tick: str
    is_ticked: bool
    reason: str
    own_reason: str
    notes: list[str]
    # What the fact said then and says now, if others have changed it since.
    newer: str
    comments: list[Any]
    decision: Any


@dataclass(frozen=True)
class Comments:
    """The comments on the proposal as a whole, and the form for a new one."""

    form: CommentForm
    # The change that the form is about, if it was sent from below a change.
    about: ReviewedChange | None
    # Each comment; also those on changes that are no longer part of the proposal, with the change's name.
    of_the_whole: list[dict[str, Any]]


@dataclass(frozen=True)
class Sharing:
    """The preview links of the proposal, and the form for a new one."""

    form: ShareForm
    shared: str
    links: list[dict[str, Any]]
    may_share: bool


def review_context(
    proposal: Proposal, request: HttpRequest, sent: ReviewForms | None = None
) -> dict[str, Any]:
    """The context of the template; sent: the forms that were refused."""
    sent, by = sent or ReviewForms(), request.user
    review = ReviewedProposal.of(proposal)
    form = sent.step or StepForm(changes=review.changes, proposal=proposal)
    steps = StepButtons.for_person(proposal, by)
    newer = NewerRecord.of(proposal) if proposal.state in states.OPEN else None
    reviewed_changes = _reviewed_changes(review, form, newer)
    entry = proposal.base.entry if proposal.base else proposal.entry
    return {
        "title": _("Proposal for “%(title)s”") % {"title": proposal.title},
        "proposal": proposal,
        "is_decided": proposal.state in states.DECIDED,
        "newer": newer,
        "internal_notes": _internal_notes(proposal, by),
        "after": AfterDecision.of(proposal, by, timezone.now()),
        "filters_query": filters_query(request),
        "desk": desk_address(entry) if entry else "",
        "draft": draft_address(proposal) if rules.why_not_edit_draft(proposal, by) is None else "",
        "lines": review.describer.lines(review.changes),
        "reviewed": {"changes": reviewed_changes, "may_choose": steps.may_choose, "reasons": Reason.choices},
        "alike": alike.sentences(proposal.base_snapshot, snapshots.conformed(proposal.wanted), by),
        "shortcomings": _shortcomings(proposal),
        # What the sources of changed facts said of the old values is to be confirmed.
        "asks_for_sources": any(change.notes for change in reviewed_changes.values()),
        "may_override": by.has_perm("publishing.override_rule"),
        "steps": steps,
        "form": form,
        "discussion": discussion_of(Subject.of(entry, proposal), by),
        "comments": _comments(review, reviewed_changes, sent.comment or CommentForm()),
        "sharing": Sharing(
            sent.share or ShareForm(),
            sent.shared,
            _links(proposal, by),
            may_share=rules.why_not_share(proposal, by) is None,
        ),
        "languages": PAGE_LANGUAGES,
        "now": timezone.now(),
        "is_claimed": proposal.claimed_until is not None and proposal.claimed_until > timezone.now(),
    }


def _shortcomings(proposal: Proposal) -> list[Shortcoming]:
    """What is against publishing all of it now, completed as it would be published."""
    if proposal.state in states.DECIDED:
        return []
    return rules.shortcomings(expected_content(proposal), proposal.base_snapshot)


def _reviewed_changes(
    review: ReviewedProposal, form: StepForm, newer: NewerRecord | None
) -> dict[str, ReviewedChange]:
    """What is shown below each change, by its path."""
    proposal, notes = review.proposal, _notes(review)
    comments: dict[str, list[Any]] = {}
    for comment in proposal.comments.exclude(path="").select_related("by"):
        comments.setdefault(comment.path, []).append(comment)
    decisions = {decision.path: decision for decision in proposal.decisions.select_related("by")}
    return {
        path: ReviewedChange(
            path=path,
            label=review.describer.label(change.path),
            tick=form.tick_name(change.path),
            is_ticked=form.is_ticked(change.path),
            reason=form.reason_name(change.path),
            own_reason=form.own_reason(change.path),
            notes=notes.get(path, []),
            newer=newer.sentences.get(change.path, "") if newer else "",
            comments=comments.get(path, []),
            decision=decisions.get(path),
        )
        for change in review.changes
        for path in [str(change.path)]
    }


def _notes(review: ReviewedProposal) -> dict[str, list[str]]:
    """The notes for the reviewer on each change, by its path."""
    notes: dict[str, list[str]] = {}
    wanted = snapshots.conformed(review.proposal.wanted)
    for find_notes in review_notes:
        for path, message in find_notes(review.start, wanted):
            notes.setdefault(str(path), []).append(message)
    return notes


def _comments(review: ReviewedProposal, changes: dict[str, ReviewedChange], form: CommentForm) -> Comments:
    """The comments on the whole proposal, and those on changes that are no longer part of it."""
    comments = review.proposal.comments.exclude(path__in=changes).select_related("by")
    of_the_whole = [
        {"comment": comment, "change": _name_of(comment.path, review.describer)} for comment in comments
    ]
    return Comments(form, changes.get(form.data.get("path", "")), of_the_whole)


def _name_of(path: str, describer: comparison.Describer) -> str:
    """The name of the change; its path if the models no longer have the column; "" for no path."""
    try:
        return describer.label(snapshots.Path.parse(path, describer.compared.rows)) if path else ""
    except FieldDoesNotExist:
        return path


def _internal_notes(proposal: Proposal, by: Any) -> list[Decision]:
    """The decisions with a note for moderators, each note once; also those that were taken back later."""
    if not by.has_perm("publishing.decide_proposal"):
        return []
    decisions = proposal.decisions.exclude(internal_note="").select_related("by")
    return list({(decision.internal_note, decision.by_id): decision for decision in decisions}.values())


def _links(proposal: Proposal, by: Any) -> list[dict[str, Any]]:
    return [
        {"link": link, "may_revoke": rules.why_not_revoke(link, by) is None}
        for link in proposal.preview_links.select_related("made_by")
    ]
