"""Publish translations, or confirm that old ones are still right."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from publishing import rules
from publishing.actions.drafting import begin_draft
from publishing.actions.publishing import publish
from publishing.actions.reviewing import submit
from publishing.actions.steps import lock_publishing
from publishing.models import Entry, Proposal, Revision, TranslationCheck
from publishing.snapshots import Snapshot
from publishing.translations.bookkeeping import rebuild


@transaction.atomic
def translate(
    base: Revision,
    snapshot: Snapshot | None,
    *,
    by: Any,
    language: str,
    still_right: Collection[str],
    **provenance: str,
) -> Proposal | None:
    """Publish new wordings and record which old ones are still right, in one transaction.

    If `by` may not publish their own text, it is submitted for review. Returns the proposal, or None where
    there is no new wording (snapshot is None). Raises as `publish` does.
    """
    proposal = _publish_or_submit(snapshot, by=by, base=base, **provenance) if snapshot else None
    if still_right:
        check_translations(base, by=by, paths=still_right, language=language)
    return proposal


def _publish_or_submit(snapshot: Snapshot, *, by: Any, base: Revision, **provenance: str) -> Proposal:
    draft = begin_draft(snapshot, by=by, base=base, **provenance)
    if rules.why_not_publish_oneself(draft, by) is None:
        publish(draft, by=by)
        return Proposal.objects.select_related("revision").get(pk=draft.pk)
    return submit(draft, by=by)


@transaction.atomic
def check_translations(base: Revision, *, by: Any, paths: Collection[str], language: str) -> None:
    """Record that a person found these translations still right as of the revision; no text changes."""
    lock_publishing()
    Entry.objects.select_for_update().get(pk=base.entry_id)
    if refusal := rules.why_not_confirm_translations(base, by, paths, language):
        raise refusal
    TranslationCheck.objects.bulk_create(
        [
            TranslationCheck(
                entry_id=base.entry_id, path=path, language=language, revision=base.number, by=by
            )
            for path in paths
        ],
        ignore_conflicts=True,
    )
    rebuild(base.entry_id)
