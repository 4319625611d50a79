"""Review: who takes it on, what is said, what is decided, and when it becomes public."""

import datetime
import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from publishing import rules, snapshots
from publishing.actions.decisions import record_decisions
from publishing.actions.publishing import publish
from publishing.models import Comment, PreviewLink, Proposal, Revision
from publishing.rules import Conflicted, Refusal
from publishing.vocabulary import ProposalState, Reason, Verdict
from publishing.workflow.decisions import ChangeDecision
from publishing.workflow.transitions import TRANSITIONS


@transaction.atomic
def step(name: str, proposal: Proposal, *, by: Any, note: str = "") -> Proposal:
    """Take the proposal one of the steps that need nothing but a note, or nothing at all."""
    proposal, now = _locked(proposal), timezone.now()
    if refusal := rules.why_not(name, proposal, by, now) or _why_not_said(name, note):
        raise refusal
    if name == "submit" and (refusal := rules.why_not_noted(proposal)):
        raise refusal
    proposal.state = TRANSITIONS[name].target
    proposal.claimed_by = proposal.claimed_until = None
    if name == "claim":
        proposal.claimed_by = by
        proposal.claimed_until = now + datetime.timedelta(minutes=settings.CLAIM_MINUTES)
    if name == "submit":
        proposal.submitted_at, proposal.held_back = now, ""
    if name == "unschedule":
        proposal.publish_at = None
    proposal.save()
    if note.strip():
        comment(proposal, by=by, text=note)
    return proposal


def _why_not_said(name: str, note: str) -> Refusal | None:
    return rules.why_not_said(note) if TRANSITIONS[name].needs == "note" else None


@transaction.atomic
def comment(proposal: Proposal, *, by: Any, text: str, path: str = "") -> Comment:
    """Say something of a proposal, or of one change in it."""
    paths = {"/".join(change.path) for change in changes_of(proposal)}
    refusal = (
        rules.why_not_see(proposal, by)
        or rules.why_not_said(text)
        or (rules.why_not_speak_of(path, paths) if path else None)
    )
    if refusal:
        raise refusal
    return Comment.objects.create(proposal=proposal, by=by, text=text.strip(), path=path)


@transaction.atomic
def accept(proposal: Proposal, *, by: Any, note: str = "") -> Revision:
    """Publish all of it; what was decided of each change is kept, and a note to its author."""
    changes = changes_of(proposal)
    words = {change.path: ChangeDecision(Verdict.ACCEPTED) for change in changes}
    revision = publish(proposal, by=by, words=words)
    if note.strip():
        comment(proposal, by=by, text=note)
    return revision


@transaction.atomic
def accept_some(
    proposal: Proposal, *, by: Any, words: dict[snapshots.Path, ChangeDecision], note: str
) -> Revision:
    """Publish the changes that are accepted, and say of the others why they are not."""
    proposal, now = _locked(proposal), timezone.now()
    if refusal := rules.why_not("accept_some", proposal, by, now) or rules.why_not_said(note):
        raise refusal
    changes = changes_of(proposal)
    accepted = [change for change in changes if words[change.path].verdict == Verdict.ACCEPTED]
    if refusal := rules.why_not_part(len(accepted), len(changes)):
        raise refusal
    start = snapshots.conformed(proposal.base.snapshot) if proposal.base else snapshots.bare(proposal.wanted)
    wanted = snapshots.apply(accepted, start)
    revision = publish(proposal, by=by, step="accept_some", wanted=wanted, words=words)
    comment(proposal, by=by, text=note)
    return revision


@transaction.atomic
def decline(proposal: Proposal, *, by: Any, reason: str, note: str, internal_note: str = "") -> Proposal:
    """Nothing of it becomes public; its author reads the reason and the note."""
    proposal, now = _locked(proposal), timezone.now()
    if refusal := rules.why_not("decline", proposal, by, now) or rules.why_not_said(note):
        raise refusal
    word = ChangeDecision(Verdict.DECLINED, Reason(reason), note, internal_note)
    record_decisions(proposal, {change.path: word for change in changes_of(proposal)}, by=by)
    proposal.state = ProposalState.DECLINED
    proposal.decided_by, proposal.decided_at = by, now
    proposal.claimed_by = proposal.claimed_until = None
    proposal.save()
    comment(proposal, by=by, text=note)
    return proposal


def changes_of(proposal: Proposal) -> list[snapshots.Change]:
    """What the proposal would change in what it started from."""
    return snapshots.changes_since(proposal.base.snapshot if proposal.base else None, proposal.wanted)


def _locked(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update(of=["self"]).select_related("base__entry").get(pk=proposal.pk)


# --- on a date ---------------------------------------------------------------------------


@transaction.atomic
def schedule(proposal: Proposal, *, by: Any, at: datetime.datetime) -> Proposal:
    """Have the worker publish it at the time; `by` has then decided it."""
    proposal, now = _locked(proposal), timezone.now()
    refusal = (
        rules.why_not("schedule", proposal, by, now)
        or rules.why_not_noted(proposal)
        or rules.why_not_at(at, now)
    )
    if refusal:
        raise refusal
    proposal.state, proposal.publish_at = ProposalState.SCHEDULED, at
    proposal.decided_by, proposal.decided_at = by, now
    proposal.claimed_by = proposal.claimed_until = None
    proposal.save()
    return proposal


def publish_due(now: datetime.datetime) -> list[tuple[Proposal, Refusal | None]]:
    """Publish what is due, oldest first; what cannot be is held back, with the reason, and never forced."""
    due = Proposal.objects.filter(state=ProposalState.SCHEDULED, publish_at__lte=now)
    done: list[tuple[Proposal, Refusal | None]] = []
    for proposal in due.order_by("publish_at", "pk"):
        try:
            publish(proposal, by=None, step="publish_due")
        except (Refusal, Conflicted) as refusal:
            if hold_back(proposal, str(refusal)):
                done.append((proposal, refusal))
        else:
            done.append((proposal, None))
    return done


@transaction.atomic
def hold_back(proposal: Proposal, why: str) -> bool:
    """Put it before the reviewers again, with the reason; False when somebody decided it meanwhile."""
    proposal = _locked(proposal)
    if rules.why_not("hold_back", proposal, None, timezone.now()):
        return False
    proposal.state, proposal.held_back = ProposalState.SUBMITTED, why
    proposal.submitted_at = proposal.submitted_at or timezone.now()
    proposal.save()
    return True


# --- for a reader without an account -------------------------------------------------------


@transaction.atomic
def share_preview(proposal: Proposal, *, by: Any, days: int) -> tuple[PreviewLink, str]:
    """A link to look at the proposal for so many days, and its token, which is kept nowhere."""
    if refusal := rules.why_not_see(proposal, by):
        raise refusal
    token = secrets.token_urlsafe(24)
    link = PreviewLink.objects.create(
        proposal=proposal,
        token_digest=token_digest(token),
        made_by=by,
        expires_at=timezone.now() + datetime.timedelta(days=days),
    )
    return link, token


@transaction.atomic
def revoke_preview(link: PreviewLink, *, by: Any) -> None:
    """The link leads nowhere from now on."""
    if refusal := rules.why_not_revoke(link, by):
        raise refusal
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def token_digest(token: str) -> str:
    """What is stored of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()
