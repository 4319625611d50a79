"""A moderator decides a contribution; what the record already says is closed, never declined."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
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
from publishing.actions import publishing, reviewing, steps, undoing
from publishing.hooks import ChangeDecisions
from publishing.models import Proposal, Revision
from publishing.proposals import changes_of, merge_status
from publishing.rules import Refusal
from publishing.vocabulary import Reason, Verdict
from publishing.workflow.decisions import ChangeDecision


class DecisionResult(StrEnum):
    """The result of a decision on a contribution."""

    PUBLISHED = "published"
    APPROVED = "approved"
    DECLINED = "declined"
    SUPERSEDED = "superseded"


@transaction.atomic
def accept(contribution: Contribution, *, by: Any, note: str = "") -> DecisionResult:
    """Merge and publish it, or approve it if a second moderator is needed. Raises Refusal, Conflicted.

    note: a message to the sender.
    """
    steps.lock_publishing()
    proposal = Proposal.objects.locked(contribution.proposal_id)
    if _is_already_applied(proposal, by):
        return _supersede(contribution, proposal, by)
    if isinstance(why_not_publish_alone("accept", proposal, by), NeedsSecondModerator):
        Approval.objects.create(proposal=proposal, version=proposal.version, by=by)
        result = DecisionResult.APPROVED
    else:
        publishing.publish(proposal, by=by, decisions=steps.accepted(changes_of(proposal)))
        result = DecisionResult.PUBLISHED
    if note.strip():
        said_at = timezone.now()
        Message.objects.create(contribution=contribution, by=by, text=note.strip(), said_at=said_at)
    return result


@transaction.atomic
def accept_some(
    contribution: Contribution, *, by: Any, decisions: ChangeDecisions, note: str = ""
) -> Revision:
    """Publish the accepted changes; where there is no note, the sender reads each reason in their language.

    Raises Refusal or Conflicted.
    """
    if note.strip():
        return reviewing.accept_some(contribution.proposal, by=by, decisions=decisions, note=note)
    explained = {
        path: replace(decision, public_note=default_note(contribution, decision.reason))
        if decision.verdict == Verdict.DECLINED
        else decision
        for path, decision in decisions.items()
    }
    declined = [decision for decision in explained.values() if decision.verdict == Verdict.DECLINED]
    reasons = " ".join(dict.fromkeys(decision.public_note for decision in declined))
    return reviewing.accept_some(contribution.proposal, by=by, decisions=explained, note=reasons)


@transaction.atomic
def decline(
    contribution: Contribution, *, by: Any, reason: str, note: str = "", internal_note: str = ""
) -> DecisionResult:
    """Decline all of it; without a note the sender reads the reason in their language. Raises Refusal."""
    steps.lock_publishing()
    proposal = Proposal.objects.locked(contribution.proposal_id)
    if _is_already_applied(proposal, by):
        return _supersede(contribution, proposal, by)
    reviewing.decline(
        proposal,
        by=by,
        reason=reason,
        note=note.strip() or default_note(contribution, reason),
        internal_note=internal_note,
    )
    return DecisionResult.DECLINED


def default_note(contribution: Contribution, reason: str) -> str:
    """What the sender reads if the moderator writes no note; empty for “other”, which needs a note."""
    if reason == Reason.OTHER:
        return ""
    with override(contribution.language):
        return f"{Reason(reason).label}."


@transaction.atomic
def undo(contribution: Contribution, *, by: Any) -> Proposal:
    """Undo one's own decision within settings.UNDO_MINUTES. Raises Refusal or Conflicted."""
    return undoing.undo(contribution.proposal, by=by)


@transaction.atomic
def close_if_already_applied(contribution: Contribution, *, by: Any) -> bool:
    """Close it if the record already says all of it; return whether it was closed. Raises Refusal."""
    proposal = Proposal.objects.locked(contribution.proposal_id)
    if not _is_already_applied(proposal, by):
        return False
    _supersede(contribution, proposal, by)
    return True


# --- many at once -----------------------------------------------------------------------------


@dataclass
class BulkResult:
    """How many were decided, and the others, each with the reason."""

    done: int = 0
    left: list[tuple[Contribution, str]] = field(default_factory=list)


def accept_typos(contributions: Iterable[Contribution], *, by: Any) -> BulkResult:
    """Publish those that only correct typing errors."""
    return _decide_each(contributions, lambda contribution: _accept_typo(contribution, by))


def accept_all(contributions: Iterable[Contribution], *, by: Any) -> BulkResult:
    """Accept each of them as if it were accepted alone; an approval is a decision too."""
    return _decide_each(contributions, lambda contribution: accept(contribution, by=by))


def decline_all(
    contributions: Iterable[Contribution], *, by: Any, reason: str, note: str = "", internal_note: str = ""
) -> BulkResult:
    """Decline each of them for the reason."""
    return _decide_each(
        contributions,
        lambda contribution: decline(
            contribution, by=by, reason=reason, note=note, internal_note=internal_note
        ),
    )


def _decide_each(
    contributions: Iterable[Contribution], decide: Callable[[Contribution], object]
) -> BulkResult:
    """Decide one after the other; what is refused stays as it was."""
    result = BulkResult()
    for contribution in contributions:
        try:
            with transaction.atomic():
                decide(contribution)
        except Refusal as refusal:
            result.left.append((contribution, refusal.message))
        else:
            result.done += 1
    return result


def _accept_typo(contribution: Contribution, by: Any) -> None:
    """Publish it; raises Refusal for all that is more than a typing error."""
    if not is_typo(contribution.proposal):
        raise Refusal("no_typo", _("It changes more than a typing error."))
    if refusal := why_not_publish_alone("accept", contribution.proposal, by):
        raise refusal
    accept(contribution, by=by)


@transaction.atomic
def block_sender(sender: str, *, by: Any, why: str) -> SenderBlock:
    """Block the sender for a day; after that the sender cannot be recognised any more."""
    if not sender:
        raise Refusal("nobody", _("The sender is no longer known."))
    if not by.has_perm("publishing.decide_proposal"):
        raise Refusal("not_a_moderator", _("Only a moderator can pause a sender."))
    until = timezone.now() + datetime.timedelta(days=1)
    return SenderBlock.objects.create(sender=sender, until=until, why=why, by=by)


def _is_already_applied(proposal: Proposal, by: Any) -> bool:
    """Whether the record already says all of it. Raises Refusal if `by` may not decide it."""
    if refusal := rules.why_not("decline", proposal, by, timezone.now()):
        raise refusal
    return merge_status(proposal).is_already_applied


def _supersede(contribution: Contribution, proposal: Proposal, by: Any) -> DecisionResult:
    """Close it, with a note on each change that the record already says this."""
    with override(contribution.language):
        decision = ChangeDecision(Verdict.ACCEPTED, public_note=_("The record already says this."))
    steps.record_decisions(proposal, {change.path: decision for change in changes_of(proposal)}, by=by)
    reviewing.step("supersede", proposal, by=None)
    return DecisionResult.SUPERSEDED
