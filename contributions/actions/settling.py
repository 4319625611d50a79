"""Accepts one of several proposals on the same fact and closes the others, in one step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from contributions.actions.deciding import DecisionResult, accept, close_if_already_applied, decline
from contributions.models import Contribution
from contributions.review.competing import competing_proposals
from publishing.actions import steps
from publishing.rules import Refusal


@dataclass
class CompetingClosed:
    """The result, and how many competing proposals were already applied, declined, or still wait."""

    result: DecisionResult
    already_applied: int = 0
    declined: int = 0
    still_waiting: int = 0


@transaction.atomic
def accept_and_close_competing(
    contribution: Contribution, *, by: Any, reasons: Mapping[str, str]
) -> CompetingClosed:
    """Accept it; then close those that ask for the same, and decline those with a reason.

    reasons: by the key of the contribution. Raises Refusal or Conflicted if it cannot be accepted.
    """
    steps.lock_publishing()
    others = [found.contribution for found in competing_proposals(contribution) if not found.is_this]
    closed = CompetingClosed(accept(contribution, by=by))
    if closed.result is not DecisionResult.PUBLISHED:
        return closed
    for other in others:
        try:
            with transaction.atomic():
                if close_if_already_applied(other, by=by):
                    closed.already_applied += 1
                elif reason := reasons.get(str(other.pk), ""):
                    decline(other, by=by, reason=reason)
                    closed.declined += 1
                else:
                    closed.still_waiting += 1
        except Refusal:
            closed.still_waiting += 1
    return closed
