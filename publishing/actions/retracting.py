"""Retract entries, and restore them."""

from typing import Any

from django.db import transaction

from publishing import rules, search_documents, snapshots
from publishing.actions.publishing import propose, publish
from publishing.actions.reviewing import submit
from publishing.actions.steps import lock_publishing, move, record
from publishing.models import Entry, Proposal, Revision
from publishing.names import keep_names
from publishing.vocabulary import ChangeClass, EntryState


@transaction.atomic
def retract(entry: Entry, *, by: Any, reason: str, language: str) -> Revision:
    """Retract an entry: its page then shows only the reason, and its history stays."""
    head = lock_publishing()
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    if refusal := rules.why_not_retract(entry, by, reason):
        raise refusal
    last = Revision.objects.newest_of(entry.pk)
    snapshots.erase(entry)
    keep_names({**last.snapshot, "rows": {}})
    search_documents.drop(entry)
    proposal = propose(
        last.snapshot,
        by=by,
        base=last,
        note=reason,
        note_language=language,
        change_class=ChangeClass.RETRACTION,
    )
    entry.state = EntryState.RETRACTED
    entry.retraction_reason, entry.retraction_language = reason.strip(), language
    revision = record(
        entry,
        proposal,
        author=by,
        head=head,
        snapshot=proposal.wanted,
        before=last,
        public=snapshots.conformed(last.snapshot),
    )
    move(proposal, "accept")
    proposal.revision, proposal.snapshot = revision, None
    proposal.save()
    return revision


@transaction.atomic
def restore(revision: Revision, *, by: Any, note: str, language: str) -> Revision:
    """Publish the content of an earlier revision as a new one; this also restores a retracted entry."""
    # Nobody wrote anything where a retraction is taken back.
    author = None if rules.is_retracted_as(revision) else by
    return publish(_restoration(revision, author=author, by=by, note=note, language=language), by=by)


@transaction.atomic
def submit_restoration(revision: Revision, *, by: Any, note: str, language: str) -> Proposal:
    """Submit for review what `restore` publishes at once."""
    proposal = _restoration(revision, author=by, by=by, note=note, language=language)
    return submit(proposal, by=by)


def _restoration(revision: Revision, *, author: Any, by: Any, note: str, language: str) -> Proposal:
    lock_publishing()
    entry = Entry.objects.select_for_update().get(pk=revision.entry_id)
    if refusal := rules.why_not_restore(revision, by):
        raise refusal
    return propose(
        revision.snapshot,
        by=author,
        base=Revision.objects.newest_of(entry.pk),
        note=note,
        note_language=language,
        change_class=ChangeClass.RESTORATION,
    )
