"""The parts that actions are made of: lock, move, merge, thaw, record, decide, announce."""

import datetime
import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from publishing import hooks, rules, search_documents, snapshots
from publishing.actions.discussing import tell_watchers
from publishing.actions.use import update_use
from publishing.beforehand import worked_out
from publishing.fields.columns import canonical
from publishing.fields.difference import difference
from publishing.fields.snapshots import is_worth_keeping_apart
from publishing.hooks import ChangeDecisions
from publishing.models import ChainHead, Decision, Entry, OldSlug, Proposal, Revision
from publishing.names import keep_names, names_change
from publishing.proposals import three_sides
from publishing.rules import Conflicted
from publishing.snapshots import Snapshot
from publishing.statements import objects_asked
from publishing.translations.bookkeeping import update_ages
from publishing.vocabulary import EntryState, Origin, Verdict
from publishing.workflow.decisions import ChangeDecision
from publishing.workflow.transitions import TRANSITIONS
from publishing.writing import change_row, change_rows, insert_row

log = logging.getLogger(__name__)


def lock_publishing() -> ChainHead:
    """Take the lock of publishing and wait for it; always the first lock, so that there is no deadlock."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Publishing is locked in a transaction.")
    [head] = objects_asked(_head)
    return head


def _head() -> QuerySet[ChainHead]:
    return ChainHead.objects.select_for_update().filter(pk=1)


def _to_be_written(key: UUID) -> QuerySet[Entry]:
    return Entry.objects.select_for_update().filter(pk=key)


def move(proposal: Proposal, step: str) -> None:
    """Set the target state of the step on a locked proposal and end its claim; does not save it.

    Nothing else changes the state of a proposal. Raises Refusal where the step is not possible in its state.
    """
    if refusal := rules.why_not_move(step, proposal):
        raise refusal
    proposal.state = TRANSITIONS[step].target
    proposal.claimed_by = proposal.claimed_until = None


def move_as_decided(proposal: Proposal, step: str, *, by: Any, now: datetime.datetime) -> None:
    """As `move`, and set who decided the proposal and when."""
    move(proposal, step)
    proposal.decided_by, proposal.decided_at = by, now


@dataclass(frozen=True)
class Current:
    """What is public of an entry: its base row, its newest revision, and the snapshot in today's shape."""

    entry: Entry
    newest: Revision
    public: Snapshot


def merge_with_current(proposal: Proposal, wanted: Snapshot) -> tuple[Snapshot, Current | None]:
    """The wanted snapshot, in today's shape, merged with what is public; None where nothing is.

    Raises as `publish` does.
    """
    if proposal.base is None:
        return worked_out(snapshots.conformed, wanted), None
    [entry] = objects_asked(_to_be_written, proposal.base.entry_id)
    newest, merged = proposal.base, worked_out(snapshots.conformed, wanted)
    if entry.revision != proposal.base.number:
        newest = Revision.objects.newest_of(entry.pk)
    public = worked_out(snapshots.conformed, newest.snapshot)
    if newest is not proposal.base:
        merge = snapshots.merge(*three_sides(proposal, newest, wanted))
        if merge.conflicts:
            raise Conflicted(merge.conflicts)
        merged = merge.merged
    if refusal := rules.why_not_revive(proposal, entry):
        raise refusal
    if refusal := rules.why_not_record(merged, public, entry.is_retracted):
        raise refusal
    return merged, Current(entry, newest, public)


def thaw_public(snapshot: Snapshot, current: Current | None) -> tuple[Entry, Snapshot]:
    """Write the snapshot to the tables; returns the entry and the snapshot of what was written.

    current: None of a new entry, of which the tables have nothing. An old address keeps leading to the entry.
    """
    locked, public = (current.entry, current.public) if current else (None, None)
    entry, written = snapshots.thaw_and_freeze(snapshot, locked=locked, is_new=public is None)
    # The same object, so that what was worked out for it is found by a quick comparison.
    written = snapshot if written == snapshot else written
    # The tables have the names of what is public.
    known = None if entry.is_retracted else public
    old_slug = public["fields"]["slug"] if public else entry.slug
    if old_slug != entry.slug:
        OldSlug.objects.get_or_create(kind=entry.kind, slug=old_slug, defaults={"entry_id": entry.pk})
    # A retracted entry may have left its address to another one. To a new one none leads.
    if old_slug != entry.slug or entry.is_retracted:
        OldSlug.objects.filter(kind=entry.kind, slug=entry.slug).delete()
    entry.state, entry.retraction_reason, entry.retraction_language = EntryState.PUBLISHED, "", ""
    if known is None or worked_out(names_change, known, written):
        keep_names(written)
    search_documents.put(written, known=known)
    return entry, written


def record(
    entry: Entry,
    proposal: Proposal,
    *,
    author: Any,
    head: ChainHead,
    snapshot: Snapshot,
    before: Revision | None,
    public: Snapshot | None,
) -> Revision:
    """Write the next revision of the entry, chained to the newest of all, whose digest is in `head`.

    snapshot: the content in the tables, or the last content of an entry that is retracted.
    before: the newest revision of the entry until now; None of a new entry. public: its snapshot in today's
    shape.
    """
    revision = next_revision(entry, proposal, author=author, head=head, snapshot=snapshot)
    revision.whole = None if before is None else whole_for(snapshot, before)
    insert_row(revision)
    change_row(head, "digest")
    columns = ["state", "retraction_reason", "retraction_language", "revision", "published_at", "changed_at"]
    change_rows(Entry, entry.pk, **{name: getattr(entry, name) for name in columns})
    update_ages(revision, before)
    update_use(entry, revision, before, public)
    if before is not None:
        tell_watchers("published", entry, proposal, by=author)
    announce(revision)
    return revision


def whole_for(snapshot: Snapshot, before: Revision) -> Revision | None:
    """The revision that the next one, with this snapshot, is kept apart from; None where it is kept whole.

    before: the newest until now. What it differs from is read from the table, whatever was made of `before`.
    """
    whole = worked_out(revision_kept_whole, before.whole_id or before.pk)
    apart = worked_out(difference, whole.snapshot, snapshot)
    return whole if is_worth_keeping_apart(apart, snapshot) else None


def revision_kept_whole(key: int) -> Revision:
    """The revision of that key, which never changes."""
    [found] = objects_asked(_kept_whole, key)
    return found


def _kept_whole(key: int) -> QuerySet[Revision]:
    return Revision.objects.filter(pk=key).only("snapshot")


def next_revision(
    entry: Entry, proposal: Proposal, *, author: Any, head: ChainHead, snapshot: Snapshot
) -> Revision:
    """The revision that `record` writes, not stored; entry and head say already that it is there."""
    now = timezone.now()
    revision = Revision(
        entry_id=entry.pk,
        kind=entry.kind,
        number=entry.revision + 1,
        snapshot=snapshot,
        change_class=proposal.change_class,
        note=proposal.note,
        note_language=proposal.note_language,
        author=author,
        credit=proposal.credit,
        override_reason=proposal.override_reason.strip(),
        created_at=now,
        previous_digest=head.digest,
    )
    revision.digest = head.digest = digest(revision)
    entry.revision, entry.changed_at = revision.number, now
    entry.published_at = entry.published_at or now
    return revision


def digest(revision: Revision) -> str:
    """SHA-256 of the content of the revision and of the digest before it.

    Names of people are left out, so that they can be erased and the chain stays valid.
    """
    content = {
        "entry": str(revision.entry_id),
        "number": revision.number,
        "change_class": revision.change_class,
        "note": revision.note,
        "note_language": revision.note_language,
        "author": revision.author_id,
        "created_at": revision.created_at.isoformat(),
        "previous": revision.previous_digest,
    }
    if revision.override_reason:
        # Left out where it is empty: revisions older than this column keep their digest.
        content["override_reason"] = revision.override_reason
    # In the order of the alphabet, in which canonical JSON has its keys, the snapshot is the last.
    whole = b'%b,"snapshot":%b}' % (canonical(content)[:-1], worked_out(canonical, revision.snapshot))
    return hashlib.sha256(whole).hexdigest()


def accepted(changes: Iterable[snapshots.Change]) -> ChangeDecisions:
    """The decisions that accept each of the changes."""
    return {change.path: ChangeDecision(Verdict.ACCEPTED) for change in changes}


def record_decisions(proposal: Proposal, decisions: ChangeDecisions, *, by: Any) -> None:
    """Store the decisions, beside the earlier ones on the same proposal; none is ever deleted."""
    Decision.objects.bulk_create(
        Decision(
            proposal=proposal,
            path=str(path),
            verdict=decision.verdict,
            reason=decision.reason,
            public_note=decision.public_note,
            internal_note=decision.internal_note,
            by=by,
        )
        for path, decision in decisions.items()
    )


def decisions_on_publish(
    proposal: Proposal, revision: Revision, decisions: ChangeDecisions
) -> ChangeDecisions:
    """The decisions, after the hooks of other apps; only for proposals of the public."""
    if proposal.origin == Origin.PUBLIC:
        for function in hooks.decisions_on_publish:
            decisions = function(proposal, revision, decisions)
    return decisions


def announce(revision: Revision) -> None:
    """Write it to the log once it is committed."""
    transaction.on_commit(partial(_log, revision))


def _log(revision: Revision) -> None:
    log.info("published %s as revision %d (%s)", revision.entry_id, revision.number, revision.change_class)
