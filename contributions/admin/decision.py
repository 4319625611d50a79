"""What the page of a contribution shows besides what every proposal's page does: verbs, sender, findings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from contributions import rules as own_rules
from contributions.actions import deciding
from contributions.admin.navigation import kept, way_back
from contributions.models import Contribution
from contributions.review.checks import Finding, ReviewedContribution, findings
from contributions.review.competing import CompetingProposal, competing_proposals
from contributions.review.places import QUEUE
from contributions.review.queue import others_of, waiting_time
from desk.forms.review import StepForm
from desk.review import StepButton, StepButtons
from publishing import comparison, rules
from publishing.languages import direction
from publishing.proposals import changes_of, merge_status, start_of
from publishing.refusals import Refusal
from publishing.vocabulary import ProposalState, Reason
from publishing.workflow import states
from publishing.workflow.transitions import TRANSITIONS, Who


@dataclass(frozen=True)
class Verb:
    """What a moderator does with a contribution: a step of the table, in the way of the public door."""

    name: str
    step: str
    does: Callable[[HttpRequest, Contribution, StepForm], HttpResponseBase]
    # The key that presses its button, where it is not the step's own.
    own_key: str = ""
    # The step by which its form is checked; the others' forms have nothing but a note.
    form_step: str = ""

    @property
    def key(self) -> str:
        """The key that presses its button."""
        return self.own_key or TRANSITIONS[self.step].key


@dataclass(frozen=True)
class Decision:
    """What the moderator may decide, and why not."""

    is_open: bool
    why_not: Refusal | None
    # Who has approved it already waits for another moderator.
    why_not_accept: Refusal | None
    is_for_approval: bool
    # Each with the digit of its key, and what the sender reads where nothing is added.
    reasons: list[tuple[int, str, Any, str]]
    # The steps of the table that have no button of their own here.
    more: list[StepButton]
    keys: dict[str, str]

    @classmethod
    def of(
        cls, contribution: Contribution, steps: StepButtons, verbs: Mapping[str, Verb], by: Any
    ) -> "Decision":
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
            keys={one.name: one.key for one in verbs.values()},
        )


@dataclass(frozen=True)
class SenderSummary:
    """Who sent it, as far as one can know, since when they wait, and what else they sent."""

    direction: str
    age: tuple[str, str]
    others: list[Contribution]
    others_count: int

    @classmethod
    def of(cls, contribution: Contribution) -> "SenderSummary":
        """What is known just now."""
        others = others_of(contribution)
        age = waiting_time(contribution.proposal, timezone.now())
        return cls(direction(contribution.language), age, list(others[:8]), others.count())


def about(
    contribution: Contribution, request: HttpRequest, steps: StepButtons, verbs: Mapping[str, Verb]
) -> dict[str, Any]:
    """What the page shows besides what every proposal's page does."""
    decision = Decision.of(contribution, steps, verbs, request.user)
    return {
        "contribution": contribution,
        "decision": decision,
        "is_being_improved": contribution.proposal.state == ProposalState.DRAFT,
        "sender": SenderSummary.of(contribution),
        "findings": _findings(contribution) if decision.is_open else [],
        "competing": _competing(contribution) if decision.is_open else [],
        "talk": contribution.messages.select_related("by"),
        "queue": reverse(QUEUE),
        "kept": kept(request),
        **way_back(request),
    }


def _without_a_verb(steps: StepButtons, verbs: Mapping[str, Verb]) -> list[StepButton]:
    """What moderators do with what waits and no verb does: first what this one may do now."""
    taken = {one.step for one in verbs.values()}
    more = [
        one
        for one in steps.buttons
        if one.step.who is Who.MODERATORS
        and one.step.name not in taken
        and set(one.step.sources) & set(states.WAITING)
    ]
    return sorted(more, key=lambda one: (one.why_not is not None, not one.is_in_state))


def _findings(contribution: Contribution) -> list[Finding]:
    proposal = contribution.proposal
    describer = comparison.Describer(proposal.kind, start_of(proposal), proposal.wanted)
    changes, status, is_for_two = changes_of(proposal), merge_status(proposal), own_rules.is_for_two(proposal)
    return findings(ReviewedContribution(contribution, changes, status, describer, is_for_two))


def _competing(contribution: Contribution) -> list[tuple[CompetingProposal, tuple[str, str]]]:
    """Those on the same fact, each with how long it waits."""
    now = timezone.now()
    found = competing_proposals(contribution)
    return [(one, waiting_time(one.contribution.proposal, now)) for one in found]
