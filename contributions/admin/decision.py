"""What the review page of a contribution adds to that of a proposal: decisions, sender, findings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from contributions import rules as own_rules
from contributions.actions import deciding
from contributions.actions.sender_sources import takes_a_source
from contributions.admin.navigation import undo_context
from contributions.models import Contribution
from contributions.review.addresses import QUEUE
from contributions.review.checks import Finding, ReviewedContribution, findings
from contributions.review.competing import CompetingProposal, competing_proposals
from contributions.review.queue import other_contributions_of, waiting_time
from desk.forms.review import StepForm
from desk.review import StepButton, StepButtons
from publishing import comparison, rules, snapshots
from publishing.languages import direction
from publishing.proposals import Publication, changes_of, merge_status, start_of
from publishing.refusals import Refusal
from publishing.vocabulary import ProposalState, Reason
from publishing.workflow import states
from publishing.workflow.step import Who
from publishing.workflow.transitions import TRANSITIONS
from sources.models import Source
from sources.references import find_source


@dataclass(frozen=True)
class Verb:
    """What a moderator can do with a contribution: a step of the workflow, run by the public door."""

    name: str
    step: str
    run: Callable[[HttpRequest, Contribution, StepForm], HttpResponseBase]
    # The keyboard shortcut, if it is not that of the step.
    own_key: str = ""
    # The step whose form is validated; other verbs need nothing but a note.
    form_step: str = ""
    # The input that the step needs, and that is made where the moderator writes none.
    optional: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The keyboard shortcut of its button."""
        return self.own_key or TRANSITIONS[self.step].key


@dataclass(frozen=True)
class AvailableDecision:
    """What the moderator may decide, or why not."""

    is_open: bool
    why_not: Refusal | None
    # A moderator who has approved it waits for a second one.
    why_not_accept: Refusal | None
    is_for_approval: bool
    # Each with its digit key, value, label, and what the sender reads if no note is added.
    reasons: list[tuple[int, str, Any, str]]
    # The steps of the workflow for which this page has no button of its own.
    more: list[StepButton]
    # Those that are possible once it does not wait any more.
    after: list[StepButton]
    keys: dict[str, str]

    @classmethod
    def of(
        cls, contribution: Contribution, steps: StepButtons, verbs: Mapping[str, Verb], by: Any
    ) -> "AvailableDecision":
        """What `by` may decide now."""
        proposal = contribution.proposal
        alone = own_rules.why_not_publish_alone("accept", proposal, by)
        return cls(
            is_open=proposal.state in states.WAITING,
            why_not=rules.why_not("decline", proposal, by, timezone.now()),
            why_not_accept=alone if isinstance(alone, own_rules.ApprovedAlready) else None,
            is_for_approval=isinstance(alone, own_rules.NeedsSecondModerator),
            reasons=[
                (digit, one.value, one.label, deciding.default_note(contribution, one.value))
                for digit, one in enumerate(Reason, start=1)
            ],
            more=_without_a_verb(steps, verbs),
            after=_possible_without_a_verb(steps, verbs),
            keys={one.name: one.key for one in verbs.values()},
        )


@dataclass(frozen=True)
class SenderSummary:
    """The sender's language, the waiting time, and what else the sender sent that day."""

    direction: str
    age: tuple[str, str]
    other_contributions: list[Contribution]
    other_count: int

    @classmethod
    def of(cls, contribution: Contribution) -> "SenderSummary":
        """What is known now."""
        others = other_contributions_of(contribution)
        age = waiting_time(contribution.proposal, timezone.now())
        return cls(direction(contribution.language), age, list(others[:8]), others.count())


@dataclass(frozen=True)
class SenderSource:
    """What becomes of the source that the sender named, when the proposal is accepted."""

    comes_along: bool
    known: Source | None

    @classmethod
    def of(cls, contribution: Contribution) -> "SenderSource":
        """Whether it is cited, and the source of the casebook that it is, if there is one."""
        wanted = snapshots.conformed(contribution.proposal.wanted)
        publication = Publication(contribution.proposal, wanted, wanted, None)
        if not contribution.source_reference or not takes_a_source(publication):
            return cls(comes_along=False, known=None)
        return cls(comes_along=True, known=contribution.source or find_source(contribution.source_reference))


def about(
    contribution: Contribution, request: HttpRequest, steps: StepButtons, verbs: Mapping[str, Verb]
) -> dict[str, Any]:
    """The context that the page adds to that of a proposal's page."""
    decision = AvailableDecision.of(contribution, steps, verbs, request.user)
    return {
        "contribution": contribution,
        "source": SenderSource.of(contribution) if decision.is_open else None,
        "decision": decision,
        "is_being_improved": contribution.proposal.state == ProposalState.DRAFT,
        "sender": SenderSummary.of(contribution),
        "findings": _findings(contribution) if decision.is_open else [],
        "competing": _competing(contribution) if decision.is_open else [],
        "conversation": contribution.messages.select_related("by"),
        "queue": reverse(QUEUE),
        # On the page of a decided proposal, "undo" is about this one.
        **(undo_context(request) if contribution.proposal.state not in states.DECIDED else {}),
    }


def _without_a_verb(steps: StepButtons, verbs: Mapping[str, Verb]) -> list[StepButton]:
    """The moderators' steps that no verb covers; first those that are possible now."""
    covered = {one.step for one in verbs.values()}
    more = [
        one
        for one in steps.buttons
        if one.step.who is Who.MODERATORS
        and one.step.name not in covered
        and set(one.step.sources) & set(states.WAITING)
    ]
    return sorted(more, key=lambda one: (one.why_not is not None, not one.is_in_state))


def _possible_without_a_verb(steps: StepButtons, verbs: Mapping[str, Verb]) -> list[StepButton]:
    """The steps that moderators can take with a proposal that does not wait for a decision."""
    covered = {one.step for one in verbs.values()}
    return [
        one
        for one in steps.buttons
        if one.step.who is Who.MODERATORS
        and one.why_not is None
        and one.step.name not in covered
        and not set(one.step.sources) & set(states.WAITING)
    ]


def _findings(contribution: Contribution) -> list[Finding]:
    proposal = contribution.proposal
    describer = comparison.Describer(proposal.kind, start_of(proposal), proposal.wanted)
    reviewed = ReviewedContribution(
        contribution,
        changes_of(proposal),
        merge_status(proposal),
        describer,
        own_rules.needs_two_moderators(proposal),
    )
    return findings(reviewed)


def _competing(contribution: Contribution) -> list[tuple[CompetingProposal, tuple[str, str]]]:
    """Proposals on the same fact, each with its waiting time."""
    now = timezone.now()
    found = competing_proposals(contribution)
    return [(one, waiting_time(one.contribution.proposal, now)) for one in found]
