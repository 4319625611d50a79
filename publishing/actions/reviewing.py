"""Review: claims, comments, decisions, scheduled publishing, and preview links."""

import datetime
import secrets
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from publishing import rules, snapshots
from publishing.actions.discussing import tell_watchers
from publishing.actions.publishing import publish, publish_scheduled
from publishing.actions.steps import accepted, move, move_as_decided, record_decisions
from publishing.hooks import ChangeDecisions, preview_notices
from publishing.models import Comment, PreviewLink, Proposal, Revision
from publishing.proposals import changes_of, start_of
from publishing.rules import Conflicted, Refusal
from publishing.tokens import token_digest
from publishing.vocabulary import Reason, Verdict
from publishing.workflow.decisions import ChangeDecision
from publishing.workflow.running import runs
from publishing.workflow.states import ON_SCHEDULE
from publishing.workflow.transitions import TRANSITIONS


@transaction.atomic
def step(name: str, proposal: Proposal, *, by: Any, note: str = "") -> Proposal:
    """Take one of the steps that only change the state and add a note."""
    if not TRANSITIONS[name].moves_only:
        raise LookupError(f"{name} is more than a change of state")
    return _saved(_moved(name, proposal, by=by, note=note), by=by, note=note)


for transition in TRANSITIONS.values():
    if transition.moves_only:
        runs(transition.name)(partial(step, transition.name))


@runs("submit")
@transaction.atomic
def submit(proposal: Proposal, *, by: Any, note: str = "") -> Proposal:
    """Submit one's own proposal for review."""
    proposal = _moved("submit", proposal, by=by, note=note)
    if refusal := rules.why_not_omit_public_note(proposal):
        raise refusal
    proposal.submitted_at, proposal.held_back = timezone.now(), ""
    saved = _saved(proposal, by=by, note=note)
    tell_watchers("submitted", proposal.base.entry if proposal.base else None, saved, by=by)
    return saved


@runs("claim")
@transaction.atomic
def claim(proposal: Proposal, *, by: Any, note: str = "") -> Proposal:
    """Take on the review for settings.CLAIM_MINUTES."""
    proposal = _moved("claim", proposal, by=by, note=note)
    proposal.claimed_by = by
    proposal.claimed_until = timezone.now() + datetime.timedelta(minutes=settings.CLAIM_MINUTES)
    return _saved(proposal, by=by, note=note)


@runs("unschedule")
@transaction.atomic
def unschedule(proposal: Proposal, *, by: Any, note: str = "") -> Proposal:
    """Cancel the date of publishing; the proposal waits for review again."""
    proposal = _moved("unschedule", proposal, by=by, note=note)
    proposal.publish_at = None
    return _saved(proposal, by=by, note=note)


def _moved(name: str, proposal: Proposal, *, by: Any, note: str) -> Proposal:
    """The proposal, locked and in its new state, not yet saved."""
    proposal = Proposal.objects.locked(proposal.pk)
    if refusal := rules.why_not(name, proposal, by, timezone.now()) or _why_not_omit_required_note(
        name, note
    ):
        raise refusal
    move(proposal, name)
    return proposal


def _why_not_omit_required_note(name: str, note: str) -> Refusal | None:
    return rules.why_not_omit_note(note) if "note" in TRANSITIONS[name].needs else None


def _saved(proposal: Proposal, *, by: Any, note: str) -> Proposal:
    proposal.save()
    if note.strip():
        comment(proposal, by=by, text=note)
    return proposal


@transaction.atomic
def comment(proposal: Proposal, *, by: Any, text: str, path: str = "") -> Comment:
    """Comment on a proposal, or on one change in it."""
    paths = {str(change.path) for change in changes_of(proposal)}
    refusal = (
        rules.why_not_read(proposal, by)
        or rules.why_not_omit_note(text)
        or (rules.why_not_comment_on(path, paths) if path else None)
    )
    if refusal:
        raise refusal
    return Comment.objects.create(proposal=proposal, by=by, text=text.strip(), path=path)


@runs("accept")
@transaction.atomic
def accept(proposal: Proposal, *, by: Any, note: str = "") -> Revision:
    """Publish the whole proposal, record the decision about each change, and add the note as a comment."""
    revision = publish(proposal, by=by, decisions=accepted(changes_of(proposal)))
    if note.strip():
        comment(proposal, by=by, text=note)
    return revision


@runs("accept_some")
@transaction.atomic
def accept_some(proposal: Proposal, *, by: Any, decisions: ChangeDecisions, note: str) -> Revision:
    """Publish the accepted changes, and record why the others are declined."""
    proposal, now = Proposal.objects.locked(proposal.pk), timezone.now()
    if refusal := rules.why_not("accept_some", proposal, by, now) or rules.why_not_omit_note(note):
        raise refusal
    changes = changes_of(proposal)
    accepted_changes = [change for change in changes if decisions[change.path].verdict == Verdict.ACCEPTED]
    if refusal := rules.why_not_accept_some(len(accepted_changes), len(changes)):
        raise refusal
    wanted = snapshots.apply(accepted_changes, start_of(proposal))
    revision = publish(proposal, by=by, step="accept_some", wanted=wanted, decisions=decisions)
    comment(proposal, by=by, text=note)
    return revision


@runs("decline")
@transaction.atomic
def decline(proposal: Proposal, *, by: Any, reason: str, note: str, internal_note: str = "") -> Proposal:
    """Decline the whole proposal; its author reads the reason and the note."""
    proposal, now = Proposal.objects.locked(proposal.pk), timezone.now()
    if refusal := rules.why_not("decline", proposal, by, now) or rules.why_not_omit_note(note):
        raise refusal
    declined = ChangeDecision(Verdict.DECLINED, Reason(reason), note, internal_note)
    record_decisions(proposal, {change.path: declined for change in changes_of(proposal)}, by=by)
    move_as_decided(proposal, "decline", by=by, now=now)
    proposal.save()
    comment(proposal, by=by, text=note)
    return proposal


# --- scheduling --------------------------------------------------------------------------


@runs("schedule")
@transaction.atomic
def schedule(proposal: Proposal, *, by: Any, at: datetime.datetime) -> Proposal:
    """Let the worker publish it at the time; the decision is made now, by `by`."""
    proposal, now = Proposal.objects.locked(proposal.pk), timezone.now()
    refusal = (
        rules.why_not("schedule", proposal, by, now)
        or rules.why_not_omit_public_note(proposal)
        or rules.why_not_publish_at(at, now)
    )
    if refusal:
        raise refusal
    move_as_decided(proposal, "schedule", by=by, now=now)
    proposal.publish_at = at
    proposal.save()
    return proposal


def publish_due(now: datetime.datetime) -> list[tuple[Proposal, Refusal | None]]:
    """Publish what is due, oldest first; a proposal that is refused is held back, with the reason."""
    due = Proposal.objects.filter(state__in=ON_SCHEDULE, publish_at__lte=now)
    results: list[tuple[Proposal, Refusal | None]] = []
    for proposal in due.order_by("publish_at", "pk"):
        try:
            publish_scheduled(proposal, by=None)
        except (Refusal, Conflicted) as refusal:
            if hold_back(proposal, by=None, note=str(refusal)):
                results.append((proposal, refusal))
        else:
            results.append((proposal, None))
    return results


@runs("hold_back")
@transaction.atomic
def hold_back(proposal: Proposal, *, by: None, note: str) -> bool:
    """Return it to review, with the reason; False when it was decided in the meantime."""
    proposal = Proposal.objects.locked(proposal.pk)
    if rules.why_not("hold_back", proposal, by, timezone.now()):
        return False
    move(proposal, "hold_back")
    proposal.held_back = note
    proposal.submitted_at = proposal.submitted_at or timezone.now()
    proposal.save()
    return True


# --- preview links -------------------------------------------------------------------------


@transaction.atomic
def share_preview(proposal: Proposal, *, by: Any, days: int) -> tuple[PreviewLink, str]:
    """Create a link that is valid for so many days; returns it and its token, which is not stored.

    An author whose proposal somebody else shares is told. Raises Refusal.
    """
    if refusal := rules.why_not_share(proposal, by):
        raise refusal
    token = secrets.token_urlsafe(24)
    link = PreviewLink.objects.create(
        proposal=proposal,
        token_digest=token_digest(token),
        made_by=by,
        expires_at=timezone.now() + datetime.timedelta(days=days),
    )
    if proposal.author_id not in (None, by.pk):
        for tell in preview_notices:
            tell(link)
    return link, token


@transaction.atomic
def revoke_preview(link: PreviewLink, *, by: Any) -> None:
    """Make the link invalid."""
    if refusal := rules.why_not_revoke(link, by):
        raise refusal
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
