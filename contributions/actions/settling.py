"""One of several proposals on the same fact is accepted, and what that means for the others, in one step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from contributions.actions.deciding import Done, accept, close_if_already_applied, decline
from contributions.models import Contribution
from contributions.review.competing import competing_proposals
from publishing.actions import steps
from publishing.rules import Refusal


@dataclass
class CompetingClosed:
    """What became of the one, and how many of the others are closed as said already, declined, or wait on."""

    done: Done
    already: int = 0
    declined: int = 0
    left: int = 0


@transaction.atomic
def accept_and_close_competing(
    contribution: Contribution, *, by: Any, reasons: Mapping[str, str]
) -> CompetingClosed:
    """Accept it; then close those that ask for the same, and decline those that a reason is given for.

    reasons: by the other's key. Raises Refusal or Conflicted where it cannot be accepted itself.
    """
    steps.lock_publishing()
    others = [one.contribution for one in competing_proposals(contribution) if not one.is_this]
    settled = CompetingClosed(accept(contribution, by=by))
    if settled.done is not Done.PUBLISHED:
        return settled
    for other in others:
        try:
            with transaction.atomic():
                if close_if_already_applied(other, by=by):
                    settled.already += 1
                elif reason := reasons.get(str(other.pk), ""):
                    decline(other, by=by, reason=reason)
                    settled.declined += 1
                else:
                    settled.left += 1
        except Refusal:
            settled.left += 1
    return settled
