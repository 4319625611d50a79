"""A moderator decides what came through the public door; what the editors overtook is never declined."""

import datetime
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from contributions.models import Approval, Contribution, Message, SenderBlock
from contributions.review.typos import is_typo
from contributions.rules import NeedsSecondModerator, why_not_publish_alone
from publishing import rules
from publishing.actions import decisions, publishing, reviewing, steps, undoing
from publishing.models import Proposal
from publishing.proposals import changes_of, merge_status
from publishing.rules import Refusal
from publishing.vocabulary import Reason, Verdict
from publishing.workflow.decisions import ChangeDecision


class Done(StrEnum):
    """What became of a contribution."""

    PUBLISHED = "published"
    APPROVED = "approved"
    DECLINED = "declined"
    SUPERSEDED = "superseded"


@transaction.atomic
def accept(contribution: Contribution, *, by: Any, note: str = "") -> Done:
    """Publish it on top of what came between, or approve it where two decide. Raises Refusal, Conflicted.

    note: what the sender reads with it.
    """
    steps.lock_publishing()
    proposal = Proposal.objects.locked(contribution.proposal_id)
    if _is_overtaken(proposal, by):
        return _supersede(contribution, proposal, by)
    if isinstance(why_not_publish_alone("accept", proposal, by), NeedsSecondModerator):
        Approval.objects.create(proposal=proposal, version=proposal.version, by=by)
        done = Done.APPROVED
    else:
        publishing.publish(proposal, by=by, decisions=decisions.accepted(changes_of(proposal)))
        done = Done.PUBLISHED
    if note.strip():
        said_at = timezone.now()
        Message.objects.create(contribution=contribution, by=by, text=note.strip(), said_at=said_at)
    return done


@transaction.atomic
def decline(
    contribution: Contribution, *, by: Any, reason: str, note: str = "", internal_note: str = ""
) -> Done:
    """Publish nothing of it; without a note the sender reads the reason in their language. Raises Refusal."""
    steps.lock_publishing()
    proposal = Proposal.objects.locked(contribution.proposal_id)
    if _is_overtaken(proposal, by):
        return _supersede(contribution, proposal, by)
    reviewing.decline(
        proposal,
        by=by,
        reason=reason,
        note=note.strip() or default_note(contribution, reason),
        internal_note=internal_note,
    )
    return Done.DECLINED


def default_note(contribution: Contribution, reason: str) -> str:
    """What the sender reads where the moderator adds nothing; another reason has to be written."""
    if reason == Reason.OTHER:
        return ""
    with override(contribution.language):
        return f"{Reason(reason).label}."


@transaction.atomic
def undo(contribution: Contribution, *, by: Any) -> Proposal:
    """Take one's own decision back while it is fresh. Raises Refusal or Conflicted."""
    return undoing.undo(contribution.proposal, by=by)


@transaction.atomic
def close_if_already_applied(contribution: Contribution, *, by: Any) -> bool:
    """Close it where the record says all of it already; whether it did. Raises Refusal."""
    proposal = Proposal.objects.locked(contribution.proposal_id)
    if not _is_overtaken(proposal, by):
        return False
    _supersede(contribution, proposal, by)
    return True


# --- many at once -----------------------------------------------------------------------------


def accept_typos(contributions: Iterable[Contribution], *, by: Any) -> tuple[int, int]:
    """Publish those that only mend typing errors; how many that were, and how many are left."""
    done = left = 0
    for one in contributions:
        try:
            is_done = is_typo(one.proposal) and accept(one, by=by) is not Done.APPROVED
        except Refusal:
            is_done = False
        done, left = done + is_done, left + (not is_done)
    return done, left


def decline_all_of(sender: str, *, by: Any, reason: str) -> tuple[int, int]:
    """Decline all that waits from one sender; how many that were, and how many are left."""
    done = left = 0
    for one in Contribution.objects.undecided().filter(sender=sender).exclude(sender="").order_by("pk"):
        try:
            decline(one, by=by, reason=reason)
        except Refusal:
            left += 1
        else:
            done += 1
    return done, left


@transaction.atomic
def block_sender(sender: str, *, by: Any, why: str) -> SenderBlock:
    """Take nothing more from the sender for a day, which is as long as one can tell who it is."""
    if not sender:
        raise Refusal("nobody", _("The sender is no longer known."))
    if not by.has_perm("publishing.decide_proposal"):
        raise Refusal("not_a_moderator", _("Only a moderator can pause a sender."))
    until = timezone.now() + datetime.timedelta(days=1)
    return SenderBlock.objects.create(sender=sender, until=until, why=why, by=by)


def _is_overtaken(proposal: Proposal, by: Any) -> bool:
    """The record says all of it already; asked by somebody who may decide it."""
    if refusal := rules.why_not("decline", proposal, by, timezone.now()):
        raise refusal
    return merge_status(proposal).is_already_applied


def _supersede(contribution: Contribution, proposal: Proposal, by: Any) -> Done:
    """Close it, and tell its sender of each part that the record says so already."""
    with override(contribution.language):
        word = ChangeDecision(Verdict.ACCEPTED, public_note=_("The record already says this."))
    decisions.record_decisions(proposal, {one.path: word for one in changes_of(proposal)}, by=by)
    reviewing.step("supersede", proposal, by=None)
    return Done.SUPERSEDED
