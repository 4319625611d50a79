"""A case that a dataset coded becomes one that editors review."""

from typing import Any

from django.db import transaction

from cases.models import Case
from cases.vocabulary import Review
from publishing import rules, snapshots
from publishing.actions.drafting import begin_draft
from publishing.models import Entry, Proposal, Revision
from publishing.vocabulary import ChangeClass, Language


@transaction.atomic
def take_on(case: Case, *, by: Any) -> Proposal:
    """A draft by which the case becomes one that editors review; nothing is public before it is published.

    Where somebody has begun that already, it is theirs; raises Refusal for those who may not read it.
    """
    Entry.objects.select_for_update().get(pk=case.pk)
    if begun := _begun(case):
        if refusal := rules.why_not_read(begun, by):
            raise refusal
        return begun
    newest = Revision.objects.newest_of(case.pk)
    wanted = snapshots.conformed(newest.snapshot)
    wanted = {**wanted, "fields": {**wanted["fields"], "review": Review.REVIEWED.value}}
    note = "An editor takes it on."
    public_note = {"note": note, "note_language": Language.ENGLISH, "change_class": ChangeClass.CORRECTION}
    return begin_draft(wanted, by=by, base=newest, **public_note)


def _begun(case: Case) -> Proposal | None:
    """The oldest of those that wait which takes it on."""
    waiting = Proposal.objects.undecided().filter(entry_id=case.pk, meant_for=None).order_by("created_at")
    return next((one for one in waiting if one.wanted["fields"].get("review") == Review.REVIEWED), None)
