"""Two entries that are one become one."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext, override

from publishing.actions.publishing import publish_at_once
from publishing.actions.retracting import retract
from publishing.actions.steps import lock_publishing
from publishing.duplicates.plan import Plan, plan_merge
from publishing.duplicates.rules import why_not_merge
from publishing.languages import localized
from publishing.models import Entry, OldSlug, Revision
from publishing.rules import Refusal
from publishing.vocabulary import ChangeClass


@transaction.atomic
def merge_duplicates(
    keep: Entry, drop: Entry, *, by: Any, note: str, note_language: str, seen: str | None = None
) -> Revision:
    """Let `keep` stand wherever `drop` stood, and lead there; returns the revision that retracts `drop`.

    Every entry that pointed to it gets a revision of its own; open proposals are moved along.
    seen: the fingerprint of the plan that was shown; raises Refusal when it no longer holds.
    """
    lock_publishing()
    locked = {one.pk: one for one in Entry.objects.select_for_update().filter(pk__in=[keep.pk, drop.pk])}
    keep, drop = locked[keep.pk], locked[drop.pk]
    if refusal := why_not_merge(keep, drop, by, note):
        raise refusal
    plan = plan_merge(keep, drop)
    if seen is not None and seen != plan.fingerprint:
        raise Refusal(
            "moved_on", gettext("Something changed in the meantime. Please look again at what will move.")
        )
    _carry_out(plan, by=by, note=note, note_language=note_language)
    revision = retract(drop, by=by, reason=_reason(keep, note_language), language=note_language)
    _lead_on(drop, keep)
    return revision


def _carry_out(plan: Plan, *, by: Any, note: str, note_language: str) -> None:
    for step in plan.steps:
        publish_at_once(
            step.after,
            by=by,
            base=step.base,
            note=note,
            note_language=note_language,
            change_class=ChangeClass.CORRECTION,
        )
    for proposal, snapshot in plan.proposals:
        proposal.snapshot = snapshot
        proposal.save()


def _reason(keep: Entry, language: str) -> str:
    with override(language):
        return gettext("Merged with “%(title)s”.") % {"title": localized(keep, "title", language)}


def _lead_on(drop: Entry, keep: Entry) -> None:
    """All addresses that the dropped entry ever had lead to the kept one."""
    OldSlug.objects.filter(entry_id=drop.pk).update(entry_id=keep.pk)
    OldSlug.objects.update_or_create(kind=drop.kind, slug=drop.slug, defaults={"entry_id": keep.pk})
