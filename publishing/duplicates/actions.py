"""Merge two entries about the same thing."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, override

from publishing.actions.publishing import publish_at_once
from publishing.actions.retracting import retract
from publishing.actions.steps import lock_publishing
from publishing.duplicates.plan import Plan, plan_merge
from publishing.duplicates.rules import why_not_merge
from publishing.languages import localized
from publishing.models import Entry, OldSlug, Proposal, Revision
from publishing.rules import Refusal
from publishing.snapshots import Snapshot
from publishing.vocabulary import ChangeClass


@transaction.atomic
def merge_duplicates(
    keep: Entry, drop: Entry, *, by: Any, note: str, note_language: str, seen: str | None = None
) -> Revision:
    """Replace `drop` by `keep` everywhere and retract `drop`; returns the revision that retracts it.

    Every entry that pointed to `drop` gets a new revision; open proposals are rewritten.
    seen: the fingerprint of the plan that was shown; raises Refusal when the plan is another one now.
    """
    lock_publishing()
    locked = {
        entry.pk: entry for entry in Entry.objects.select_for_update().filter(pk__in=[keep.pk, drop.pk])
    }
    keep, drop = locked[keep.pk], locked[drop.pk]
    if refusal := why_not_merge(keep, drop, by, note):
        raise refusal
    plan = plan_merge(keep, drop)
    if seen is not None and seen != plan.fingerprint:
        raise Refusal(
            "moved_on", gettext("Something changed in the meantime. Please look again at what will move.")
        )
    _execute(plan, by=by, note=note, note_language=note_language)
    revision = retract(drop, by=by, reason=_reason(keep, note_language), language=note_language)
    _redirect_addresses(drop, keep)
    return revision


def _execute(plan: Plan, *, by: Any, note: str, note_language: str) -> None:
    for step in plan.steps:
        publish_at_once(
            step.after,
            by=by,
            base=step.base,
            is_own=False,
            # They name the same as before, under its other key.
            sources_confirmed=True,
            note=note,
            note_language=note_language,
            change_class=ChangeClass.CORRECTION,
        )
    rewrite(plan.proposals)


def rewrite(proposals: Iterable[tuple[Proposal, Snapshot]]) -> None:
    """Let open proposals say what is given with each."""
    for proposal, snapshot in proposals:
        proposal.snapshot = snapshot
        proposal.save()


def _reason(keep: Entry, language: str) -> str:
    with override(language):
        return gettext("Merged with “%(title)s”.") % {"title": localized(keep, "title", language)}


def _redirect_addresses(drop: Entry, keep: Entry) -> None:
    """Let all addresses that the dropped entry ever had lead to the kept one."""
    OldSlug.objects.filter(entry_id=drop.pk).update(entry_id=keep.pk)
    OldSlug.objects.update_or_create(kind=drop.kind, slug=drop.slug, defaults={"entry_id": keep.pk})
