"""Publish many new entries at once, as the first content of a casebook; each has a revision of its own.

What the tables say afterwards is what `propose` and `publish` would have written, one entry after the other
(tests/publishing/test_new_entries.py); it takes a tenth of the queries.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from publishing import rules, search_documents, snapshots
from publishing.actions.steps import announce, lock_publishing, move_as_decided, next_revision
from publishing.actions.use import begin_use
from publishing.models import Entry, Proposal, Revision
from publishing.models.entry import kinds
from publishing.names import keep_names
from publishing.refusals import Refusal
from publishing.rules.contents import refusals_of_the_database
from publishing.snapshots import Snapshot
from publishing.translations.bookkeeping import begin_ages
from publishing.vocabulary import ChangeClass, Origin, ProposalState
from publishing.writing import insert_row, insert_rows, put_rows

STEP = "accept"
# So many entries are written and read back together; of more the queries would grow too long.
AT_ONCE = 50
# What publishing changes of an entry that is written, and of a proposal that is stored.
PUBLISHED = ("revision", "is_in_use", "published_at", "changed_at")
DECIDED = (
    *("entry_id", "snapshot", "difference", "state", "revision_id", "decided_by_id", "decided_at"),
    *("override_reason", "claimed_by_id", "claimed_until", "changed_at"),
)


def publish_new(wanted: Sequence[Snapshot], *, by: Any, **provenance: Any) -> list[Revision]:
    """Publish new entries; each may point to earlier ones, and to what is public.

    provenance: note, note_language, credit and override_reason, the same for all.
    Raises Refusal as `publish` does; nothing is written then.
    """
    revisions: list[Revision] = []
    with transaction.atomic():
        for batch in _batches([snapshots.conformed(snapshot) for snapshot in wanted]):
            with refusals_of_the_database(batch[0]["kind"]):
                revisions += _publish_batch(batch, by, provenance)
    return revisions


def _batches(wanted: list[Snapshot]) -> list[list[Snapshot]]:
    """The snapshots in their order, in parts in which none points to another."""
    batches: list[list[Snapshot]] = []
    keys: set[str] = set()
    for snapshot in wanted:
        if not batches or len(keys) == AT_ONCE or snapshots.references(snapshot) & keys:
            batches.append([])
            keys = set()
        batches[-1].append(snapshot)
        keys.add(snapshot["id"])
    return batches


def _publish_batch(wanted: list[Snapshot], by: Any, provenance: dict[str, Any]) -> list[Revision]:
    lock_publishing()
    return publish_together([_proposal(snapshot, provenance) for snapshot in wanted], wanted, by)


def publish_together(
    proposals: list[Proposal], wanted: list[Snapshot], by: Any, *, are_stored: bool = False
) -> list[Revision]:
    """Publish proposals of new entries, none of which points to another; raises Refusal as `publish` does.

    wanted: their snapshots, in today's shape. are_stored: they waited for a decision, and are locked.
    """
    head, now = lock_publishing(), timezone.now()
    if refusal := _why_not(proposals, wanted, by, now):
        raise refusal
    entries = snapshots.thaw_new(wanted)
    written = snapshots.freeze_all(entries)
    revisions = []
    for entry, proposal in zip(entries, proposals, strict=True):
        snapshot = written[str(entry.pk)]
        author = proposal.author or by
        revisions.append(next_revision(entry, proposal, author=author, head=head, snapshot=snapshot))
        entry.is_in_use = not kinds()[entry.kind].IS_REFERENCE
        move_as_decided(proposal, STEP, by=by, now=now)
        proposal.entry = entry
        proposal.became(snapshot)
    head.save()
    _store(entries, proposals, revisions, are_stored=are_stored)
    keep_names(*written.values())
    search_documents.put(*written.values())
    begin_ages(revisions)
    used = [snapshots.references(written[str(entry.pk)]) for entry in entries if entry.is_in_use]
    begin_use(set().union(*used))
    for revision in revisions:
        announce(revision)
    return revisions


def _proposal(wanted: Snapshot, provenance: dict[str, Any]) -> Proposal:
    """The proposal, not stored. It has no author, so that it can also be published where FOUR_EYES is set."""
    changes = snapshots.changes_since(None, wanted)
    proposal = Proposal(
        kind=wanted["kind"],
        snapshot=wanted,
        origin=Origin.IMPORT,
        state=ProposalState.DRAFT,
        change_class=ChangeClass.ADDITION,
        size=len(changes),
        languages=",".join(snapshots.languages_in(changes)),
        **provenance,
    )
    proposal.fold()
    return proposal


def _why_not(
    proposals: list[Proposal], wanted: list[Snapshot], by: Any, now: datetime.datetime
) -> Refusal | None:
    """Why they cannot be published; a reason to override stays only where something is lacking."""
    known = Entry.objects.filter(pk__in=[snapshot["id"] for snapshot in wanted]).exists()
    for proposal in proposals:
        if refusal := rules.why_not_publish(STEP, proposal, by, now):
            return refusal
        if known and (refusal := rules.why_not_overwrite(proposal)):
            return refusal
    if refusal := rules.why_not_add_many(proposals) or rules.why_not_thaw_all(wanted):
        return refusal
    for proposal, snapshot in zip(proposals, wanted, strict=True):
        lacks = rules.shortcomings(snapshot, None)
        if not lacks:
            proposal.override_reason = ""
        elif refusal := rules.why_not_publish_incomplete(lacks, by, proposal.override_reason):
            return refusal
    return None


def _store(
    entries: list[Entry], proposals: list[Proposal], revisions: list[Revision], *, are_stored: bool
) -> None:
    columns = [column.attname for column in Entry._meta.concrete_fields]
    bases = [Entry(**{name: getattr(entry, name) for name in columns}) for entry in entries]
    put_rows(bases, unique=("id",), change=PUBLISHED)
    for proposal, revision in zip(proposals, revisions, strict=True):
        insert_row(revision)
        proposal.revision = revision
    if are_stored:
        put_rows(proposals, unique=("id",), change=DECIDED)
    else:
        insert_rows(proposals)
