"""Undo one's own recent decision, or open a declined proposal again; the history stays as it is."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import rules
from publishing.actions.publishing import propose_for_review, publish, size_and_languages
from publishing.actions.steps import lock_publishing, move, record_decisions
from publishing.languages import active_language
from publishing.models import Proposal, Revision
from publishing.models.entry import children_of, kinds
from publishing.rules import Refusal
from publishing.snapshots import Path
from publishing.vocabulary import ChangeClass, Verdict
from publishing.workflow.decisions import ChangeDecision
from publishing.workflow.running import runs


@runs("reopen")
@transaction.atomic
def undo(proposal: Proposal, *, by: Any) -> Proposal:
    """Return the proposal to review; a new revision undoes what it made public.

    Raises Refusal, or Conflicted where others have changed the same facts since.
    """
    lock_publishing()
    proposal = Proposal.objects.locked(proposal.pk)
    if refusal := rules.why_not("reopen", proposal, by, timezone.now()):
        raise refusal
    if proposal.revision is not None:
        _undo_revision(proposal.revision, by)
    return _back_to_review(proposal, "reopen", by)


@runs("reconsider")
@transaction.atomic
def reconsider(proposal: Proposal, *, by: Any) -> Proposal:
    """Return a declined proposal to review, whoever declined it and when. Raises Refusal."""
    proposal = Proposal.objects.locked(proposal.pk)
    if refusal := rules.why_not("reconsider", proposal, by, timezone.now()):
        raise refusal
    return _back_to_review(proposal, "reconsider", by)


def _back_to_review(proposal: Proposal, step: str, by: Any) -> Proposal:
    """Take the decisions back; they stay in the table, and so does who took them back."""
    latest = {decision.path: decision for decision in proposal.decisions.all()}
    in_force = [decision for decision in latest.values() if decision.verdict != Verdict.TAKEN_BACK]
    taken_back = ChangeDecision(Verdict.TAKEN_BACK)
    row_kinds = children_of(kinds()[proposal.kind])
    paths = [Path.parse(decision.path, row_kinds) for decision in in_force]
    record_decisions(proposal, dict.fromkeys(paths, taken_back), by=by)
    if proposal.revision is None:
        _begin_on_public(proposal)
    proposal.snapshot, proposal.difference, proposal.revision = proposal.wanted, None, None
    move(proposal, step)
    proposal.submitted_at = proposal.submitted_at or timezone.now()
    proposal.decided_by = proposal.decided_at = None
    proposal.save()
    return proposal


def _begin_on_public(proposal: Proposal) -> None:
    """Let what was declined as a new entry start from the entry, where others have made it since."""
    first = Revision.objects.filter(entry_id=proposal.wanted["id"]).order_by("number").first()
    if proposal.base is None and first is not None:
        proposal.base, proposal.entry = first, first.entry
        for name, value in size_and_languages(first, proposal.wanted).items():
            setattr(proposal, name, value)


def _undo_revision(revision: Revision, by: Any) -> None:
    before = Revision.objects.filter(entry_id=revision.entry_id, number=revision.number - 1).first()
    if before is None:
        raise Refusal("first", _("It made a new entry public; to remove it, retract the entry."))
    note = _("Undoes revision %(number)d, which was accepted by mistake.") % {"number": revision.number}
    # Without an author: with FOUR_EYES, nobody may publish a proposal of their own.
    undoing = propose_for_review(
        before.snapshot,
        by=None,
        base=revision,
        note=note,
        note_language=active_language(),
        change_class=ChangeClass.CORRECTION,
        override_reason=note,
    )
    publish(undoing, by=by)
