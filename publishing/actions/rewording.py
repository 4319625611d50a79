"""A reviewer edits the public note and the class of a change."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import rules
from publishing.actions import publishing
from publishing.actions.reviewing import comment
from publishing.models import Proposal, Revision
from publishing.snapshots import Path


@transaction.atomic
def confirm_sources(proposal: Proposal, *, by: Any, is_confirmed: bool) -> Proposal:
    """Say before it is published whether the sources of the old values support the new ones too."""
    if is_confirmed == proposal.sources_confirmed:
        return proposal
    proposal = Proposal.objects.locked(proposal.pk)
    if refusal := rules.why_not("accept", proposal, by, timezone.now()):
        raise refusal
    proposal.sources_confirmed = is_confirmed
    proposal.save(update_fields=["sources_confirmed"])
    return proposal


@transaction.atomic
def reword(
    proposal: Proposal,
    *,
    by: Any,
    note: str,
    note_language: str,
    change_class: str,
    override_reason: str | None = None,
) -> Proposal:
    """Change its public note and class before it is published; the author's note is stored as a comment.

    override_reason: why it is published against a rule; None does not change it.
    """
    proposal = Proposal.objects.locked(proposal.pk)
    if refusal := rules.why_not("accept", proposal, by, timezone.now()) or rules.why_not_omit_note(note):
        raise refusal
    if note != proposal.note and proposal.note:
        comment(proposal, by=by, text=_("The public note was: %(note)s") % {"note": proposal.note})
    proposal.note, proposal.note_language, proposal.change_class = note, note_language, change_class
    if override_reason is not None:
        proposal.override_reason = override_reason
    proposal.save()
    return proposal


@transaction.atomic
def reword_and_resolve(
    proposal: Proposal,
    *,
    by: Any,
    note: str,
    note_language: str,
    choices: dict[Path, str],
    against: int,
) -> Revision | None:
    """As `publishing.resolve_and_publish`, with another public note; raises what that raises."""
    if (note, note_language) != (proposal.note, proposal.note_language):
        proposal = reword(
            proposal, by=by, note=note, note_language=note_language, change_class=proposal.change_class
        )
    return publishing.resolve_and_publish(proposal, by=by, choices=choices, against=against)
