"""A moderator edits a contribution before publishing it, or returns it to the queue as it was sent."""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from contributions.actions.sender_sources import adopt_source_of, with_sender_source
from contributions.models import Contribution, Improvement
from publishing import rules, snapshots
from publishing.actions import publishing, reviewing
from publishing.models import Proposal
from publishing.proposals import Publication
from publishing.vocabulary import ProposalState

PROPOSAL_FIELDS = ("note", "note_language", "change_class")


@transaction.atomic
def improve(contribution: Contribution, *, by: Any) -> Proposal:
    """Make it a draft, to be edited and published in its sender's name. Raises Refusal."""
    proposal = Proposal.objects.locked(contribution.proposal_id)
    if refusal := rules.why_not("decline", proposal, by, timezone.now()):
        raise refusal
    _keep_what_was_sent(contribution, proposal, by)
    _add_sender_source(proposal, by)
    return reviewing.step("take_back", proposal, by=by)


def keep_what_was_sent(proposal: Proposal, by: Any) -> None:
    """Keep it before a resolved conflict replaces it (a hook of publishing)."""
    if (contribution := Contribution.objects.filter(proposal=proposal).first()) is not None:
        _keep_what_was_sent(contribution, proposal, by)


def _keep_what_was_sent(contribution: Contribution, proposal: Proposal, by: Any) -> None:
    """Store what the sender sent, once."""
    Improvement.objects.get_or_create(
        contribution=contribution,
        defaults={
            "snapshot": proposal.wanted,
            "base": proposal.base,
            "said": {name: getattr(proposal, name) for name in PROPOSAL_FIELDS},
            "by": by,
        },
    )


def _add_sender_source(proposal: Proposal, by: Any) -> None:
    """Put the source that the sender named among the claims of the draft."""
    adopt_source_of(proposal, by)
    wanted = snapshots.conformed(proposal.wanted)
    content = with_sender_source(Publication(proposal, wanted, wanted, None))
    if content != wanted:
        publishing.replace_snapshot(proposal, content, proposal.base)


@transaction.atomic
def put_back(contribution: Contribution, *, by: Any) -> Proposal:
    """Return it to the queue, as it was sent and in its old position. Raises Refusal."""
    proposal = Proposal.objects.locked(contribution.proposal_id)
    if refusal := rules.why_not("submit", proposal, by, timezone.now()):
        raise refusal
    return _give_back(contribution, proposal)


def return_abandoned(now: datetime.datetime) -> int:
    """Return drafts to the queue that were not changed for settings.IMPROVE_HOURS; return how many."""
    before = now - datetime.timedelta(hours=settings.IMPROVE_HOURS)
    abandoned = Contribution.objects.filter(
        improvement__isnull=False, proposal__state=ProposalState.DRAFT, proposal__changed_at__lt=before
    )
    return sum(_put_back_if_abandoned(contribution, before) for contribution in abandoned.order_by("pk"))


@transaction.atomic
def _put_back_if_abandoned(contribution: Contribution, before: datetime.datetime) -> bool:
    proposal = Proposal.objects.locked(contribution.proposal_id)
    is_abandoned = proposal.state == ProposalState.DRAFT and proposal.changed_at < before
    if is_abandoned:
        _give_back(contribution, proposal)
    return is_abandoned


def _give_back(contribution: Contribution, proposal: Proposal) -> Proposal:
    improvement = Improvement.objects.select_related("base").get(contribution=contribution)
    proposal = publishing.replace_snapshot(
        proposal, improvement.snapshot, improvement.base, **improvement.said
    )
    return reviewing.step("give_back", proposal, by=None)
