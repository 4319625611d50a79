"""A moderator takes on what was sent as a draft, to mend it; or leaves it to others, as it was sent."""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from contributions.models import Contribution, Improvement
from publishing import rules
from publishing.actions import publishing, reviewing
from publishing.models import Proposal
from publishing.vocabulary import ProposalState

SAID = ("note", "note_language", "change_class")


@transaction.atomic
def improve(contribution: Contribution, *, by: Any) -> Proposal:
    """Take it as a draft, to be mended and published in its sender's name. Raises Refusal."""
    proposal = Proposal.objects.locked(contribution.proposal_id)
    if refusal := rules.why_not("decline", proposal, by, timezone.now()):
        raise refusal
    Improvement.objects.get_or_create(
        contribution=contribution,
        defaults={
            "snapshot": proposal.wanted,
            "base": proposal.base,
            "said": {name: getattr(proposal, name) for name in SAID},
            "by": by,
        },
    )
    return reviewing.step("take_back", proposal, by=by)


@transaction.atomic
def put_back(contribution: Contribution, *, by: Any) -> Proposal:
    """Leave it to other moderators, as it was sent and in its old place in the queue. Raises Refusal."""
    proposal = Proposal.objects.locked(contribution.proposal_id)
    if refusal := rules.why_not("submit", proposal, by, timezone.now()):
        raise refusal
    return _give_back(contribution, proposal)


def return_abandoned(now: datetime.datetime) -> int:
    """Put back what somebody began to improve and has not touched for long; how many that were."""
    before = now - datetime.timedelta(hours=settings.IMPROVE_HOURS)
    left = Contribution.objects.filter(
        improvement__isnull=False, proposal__state=ProposalState.DRAFT, proposal__changed_at__lt=before
    )
    return sum(_put_back_if_left(one, before) for one in left.order_by("pk"))


@transaction.atomic
def _put_back_if_left(contribution: Contribution, before: datetime.datetime) -> bool:
    proposal = Proposal.objects.locked(contribution.proposal_id)
    is_left = proposal.state == ProposalState.DRAFT and proposal.changed_at < before
    if is_left:
        _give_back(contribution, proposal)
    return is_left


def _give_back(contribution: Contribution, proposal: Proposal) -> Proposal:
    sent = Improvement.objects.select_related("base").get(contribution=contribution)
    proposal = publishing.replace_snapshot(proposal, sent.snapshot, sent.base, **sent.said)
    return reviewing.step("give_back", proposal, by=None)
