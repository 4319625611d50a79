"""Publish synthetic entries: revisions in the chain, as `publish` writes them, without proposals and rules.

`verify` finds no fault afterwards. For measuring alone: nobody asks whether an entry may be published.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction

from publishing import search_documents, snapshots
from publishing.actions.steps import lock_publishing, next_revision
from publishing.actions.use import begin_use
from publishing.models import Proposal, Revision
from publishing.models.entry import kinds
from publishing.names import keep_names
from publishing.snapshots import Snapshot
from publishing.translations.bookkeeping import begin_ages
from publishing.vocabulary import ChangeClass, Language

# So many entries are written together, in a transaction of their own.
AT_ONCE = 400
NOTE = "Made to measure the casebook; nothing of it happened."


def publish_synthetic(wanted: Iterable[Snapshot], *, by: Any) -> Iterator[Revision]:
    """Publish new entries; yields their revisions as they are committed.

    wanted: in today's shape; none points to a later one.
    """
    waiting = iter(wanted)
    while batch := [*islice(waiting, AT_ONCE)]:
        yield from _publish_batch(batch, by)


@transaction.atomic
def _publish_batch(wanted: list[Snapshot], by: Any) -> list[Revision]:
    head = lock_publishing()
    proposal = Proposal(change_class=ChangeClass.ADDITION, note=NOTE, note_language=Language.ENGLISH)
    entries, revisions = [snapshots.filled(snapshot) for snapshot in wanted], []
    for entry, snapshot in zip(entries, wanted, strict=True):
        revisions.append(next_revision(entry, proposal, author=by, head=head, snapshot=snapshot))
        entry.is_in_use = not kinds()[entry.kind].IS_REFERENCE
    head.save()
    snapshots.write_new(entries, wanted)
    Revision.objects.bulk_create(revisions)
    keep_names(*wanted)
    search_documents.put(*wanted)
    begin_ages(revisions)
    begin_use(
        {
            key
            for entry, one in zip(entries, wanted, strict=True)
            if entry.is_in_use
            for key in snapshots.references(one)
        }
    )
    return revisions
