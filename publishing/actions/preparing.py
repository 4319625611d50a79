"""What a publication needs and others do not change, made before the lock is taken, not while others wait."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import connection

from publishing import hooks, snapshots
from publishing.actions.steps import revision_kept_whole
from publishing.beforehand import know, read_ahead, remembering, work_out
from publishing.fields.columns import canonical, packed
from publishing.fields.difference import difference
from publishing.fields.snapshots import is_worth_keeping_apart, kept_apart
from publishing.models import Proposal
from publishing.models.entry import kinds
from publishing.models.search import columns_of_texts, document_of
from publishing.names import names_change
from publishing.proposals import as_stored, content_of
from publishing.rules.contents import why_not_store_values
from publishing.rules.readiness import shortcomings_by
from publishing.search_documents import names_differ
from publishing.snapshots import Snapshot
from publishing.translations.bookkeeping import counts_of, stored_ages
from publishing.translations.staleness import ages_after_revision, texts_of


@contextmanager
def preparing() -> Iterator[None]:
    """Inside, a publication looks up what was worked out for it before the lock, where it still holds."""
    with remembering(), _alone():
        yield


def _alone() -> Any:
    """Threads share the interpreter: who prepares would keep it from the thread that holds the lock."""
    alone = getattr(connection, "alone_in_process", None)
    return nullcontext() if alone is None or connection.in_atomic_block else alone()


def prepare_publication(proposal: Proposal) -> None:
    """Work out what its publication needs, as if nothing changed until it has the lock.

    Nothing is decided here: what is looked up follows from values that are read again under the lock.
    """
    wanted = proposal.wanted
    know(snapshots.conformed, wanted, result=wanted)
    public = work_out(snapshots.conformed, proposal.base.snapshot) if proposal.base else None
    content = work_out(content_of, proposal, wanted, wanted, public, as_stored(proposal))
    know(snapshots.conformed, content, result=snapshots.conformed(content, wanted))
    if work_out(why_not_store_values, content, public):
        return
    work_out(snapshots.pointers, content)
    work_out(snapshots.orphans, content)
    for check in hooks.readiness_checks:
        if work_out(shortcomings_by, check, content) and public is not None:
            work_out(shortcomings_by, check, public)
    if public is not None and not work_out(names_differ, public, content):
        work_out(columns_of_texts, content)
    else:
        work_out(document_of, content)
    work_out(canonical, content)
    work_out(packed, work_out(difference, content, wanted))
    if public is not None:
        _prepare_change(proposal, public, content)
        _prepare_snapshot(proposal.base, content)
    else:
        work_out(packed, content)


def _prepare_snapshot(base: Any, content: Snapshot) -> None:
    """What is kept of the content: the whole of it, or what differs from a revision, which never changes."""
    whole = read_ahead(revision_kept_whole, base.whole_id or base.pk)
    apart = work_out(difference, whole.snapshot, content)
    work_out(packed, kept_apart(apart) if is_worth_keeping_apart(apart, content) else content)


def _prepare_change(proposal: Proposal, public: Snapshot, content: Snapshot) -> None:
    """What changes with the content of an entry of which something is public."""
    base: Any = proposal.base
    read_ahead(snapshots.stored_at, kinds()[base.kind], base.entry_id, base.number)
    work_out(snapshots.pointers, public)
    work_out(names_change, public, content)
    texts_before, texts = work_out(texts_of, base.snapshot), work_out(texts_of, content)
    ages = work_out(
        ages_after_revision,
        stored_ages(base.entry_id),
        texts_before,
        texts,
        number=base.number + 1,
        change_class=proposal.change_class,
    )
    work_out(packed, ages)
    work_out(counts_of, ages, texts)
