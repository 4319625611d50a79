"""Entries to practise with: drafts that are never published, made and thrown away on request."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from publishing import rules
from publishing.actions.publishing import propose
from publishing.models import DraftVersion, FieldComment, FormAutosave, Practised, Proposal
from publishing.models.entry import kinds
from publishing.snapshots import Snapshot
from publishing.vocabulary import ChangeClass


@transaction.atomic
def begin_practice(snapshot: Snapshot, *, by: Any, note_language: str) -> Proposal:
    """The person's entry for practice: that which is there, or a new draft. Raises Refusal."""
    if refusal := rules.why_not_permitted(by, "add", kinds()[snapshot["kind"]]):
        raise refusal
    if (there := practice_of(by)) is not None:
        return there
    provenance = {"note": "", "note_language": note_language, "change_class": ChangeClass.ADDITION}
    draft = propose(snapshot, by=by, base=None, **provenance)
    draft.is_practice = True
    draft.save(update_fields=["is_practice", "folded"])
    DraftVersion.objects.create(proposal=draft, number=draft.version, snapshot=draft.snapshot, by=by)
    return draft


@transaction.atomic
def throw_away_practice(*, by: Any) -> None:
    """Delete the person's entry for practice and its late saves, with all that was typed and said.

    Only that something was tried is remembered, not what.
    """
    drafts = Proposal.objects.filter(author=by, is_practice=True)
    if drafts:
        practised, _is_new = Practised.objects.get_or_create(by=by)
        practised.has_saved |= any(draft.version > 1 for draft in drafts)
        practised.has_commented |= FieldComment.objects.filter(by=by, thread__proposal__in=drafts).exists()
        practised.save()
    for draft in drafts:
        typed = Q(form_key=str(draft.pk)) | Q(form_key__startswith=f"{draft.pk}:")
        FormAutosave.objects.filter(typed, by=by).delete()
        draft.delete()


def practised_by(by: Any) -> Practised | None:
    """What the person did with entries for practice that are thrown away; None where there were none."""
    return Practised.objects.filter(by=by.pk).first()


def practice_of(by: Any) -> Proposal | None:
    """The person's entry for practice, if there is one."""
    own = Proposal.objects.filter(author=by.pk, is_practice=True, meant_for=None)
    return own.order_by("created_at").first()
