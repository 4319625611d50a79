"""Whoever decided a proposal takes that back, as long as it is fresh; nothing of the history is changed."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import rules
from publishing.actions.decisions import record_decisions
from publishing.actions.publishing import propose_for_review, publish
from publishing.actions.steps import lock_publishing, move
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
    """Put it before the reviewers again; what it made public is undone by a new revision.

    Raises Refusal, or Conflicted where others have changed the same facts since.
    """
    lock_publishing()
    proposal = Proposal.objects.locked(proposal.pk)
    if refusal := rules.why_not("reopen", proposal, by, timezone.now()):
        raise refusal
    if proposal.revision is not None:
        _undo_revision(proposal.revision, by)
    newest = {one.path: one for one in proposal.decisions.all()}
    standing = [one for one in newest.values() if one.verdict != Verdict.TAKEN_BACK]
    word = ChangeDecision(Verdict.TAKEN_BACK)
    row_kinds = children_of(kinds()[proposal.kind])
    record_decisions(proposal, {Path.parse(one.path, row_kinds): word for one in standing}, by=by)
    proposal.snapshot, proposal.revision = proposal.wanted, None
    move(proposal, "reopen")
    proposal.submitted_at = proposal.submitted_at or timezone.now()
    proposal.decided_by = proposal.decided_at = None
    proposal.save()
    return proposal


def _undo_revision(revision: Revision, by: Any) -> None:
    before = Revision.objects.filter(entry_id=revision.entry_id, number=revision.number - 1).first()
    if before is None:
        raise Refusal("first", _("It made a new entry public; to remove it, retract the entry."))
    note = _("Undoes revision %(number)d, which was accepted by mistake.") % {"number": revision.number}
    # Nobody's: what is undone is the decision, which is one's own to undo also where four eyes are wanted.
    back = propose_for_review(
        before.snapshot,
        by=None,
        base=revision,
        note=note,
        note_language=active_language(),
        change_class=ChangeClass.CORRECTION,
        override_reason=note,
    )
    publish(back, by=by)
