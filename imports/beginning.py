"""A new case from a record of a dataset: what the draft would be filled with, and the draft."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django.db import transaction
from django.db.models import QuerySet

from cases.models import Case
from cases.vocabulary import Review
from imports.models import ImportedRecord
from imports.taking_on import take_on
from publishing import comparison, rules, snapshots
from publishing.actions.drafting import begin_draft
from publishing.actions.steps import lock_publishing
from publishing.models import Entry, Proposal, Revision
from publishing.snapshots import Snapshot
from publishing.vocabulary import ChangeClass, EntryState, Language
from search.queries import holds_words

# So many records are shown together.
MOST_SHOWN = 25


def records_found(scheme: str, asked: str) -> QuerySet[ImportedRecord]:
    """The records of the dataset, or of any, that have that number, or whose names hold the words."""
    records = ImportedRecord.objects.with_names().select_related("proposal__entry", "proposal__revision")
    found = records.order_by("scheme", "number")
    if scheme:
        found = found.filter(batch__scheme=scheme)
    if not asked:
        return found
    return found.filter(number=asked) | found.filter(holds_words("proposal__folded", asked))


@dataclass
class Beginning:
    """What becomes of a record: the case that it is already, or what a draft would begin with."""

    record: ImportedRecord
    case: Case | None
    state: str
    wanted: Snapshot | None

    @classmethod
    def of(cls, record: ImportedRecord) -> Self:
        """Read what there is of the record."""
        entry = Entry.objects.filter(pk=record.entry_key).first()
        if entry is None:
            proposal = record.proposal
            return cls(record, None, "", _as_reviewed(proposal.wanted) if proposal is not None else None)
        case = Case.objects.filter(pk=entry.pk).first()
        is_coded = entry.state == EntryState.PUBLISHED and case is not None and case.is_coded
        newest = Revision.objects.newest_of(entry.pk) if is_coded else None
        return cls(record, case, entry.state, _as_reviewed(newest.snapshot) if newest is not None else None)

    @property
    def is_retracted(self) -> bool:
        """Whether its case was taken back."""
        return self.state == EntryState.RETRACTED

    @cached_property
    def lines(self) -> list[comparison.Line]:
        """What the draft would be filled with, fact by fact."""
        return comparison.lines_between(None, self.wanted) if self.wanted is not None else []


def _as_reviewed(snapshot: Snapshot) -> Snapshot:
    wanted = snapshots.conformed(snapshot)
    return {**wanted, "fields": {**wanted["fields"], "review": Review.REVIEWED.value}}


@transaction.atomic
def begin_from(record: ImportedRecord, *, by: Any) -> Proposal | None:
    """The draft that the record begins, or that was begun with it; None where there is nothing to begin.

    Raises Refusal for those who may not read the draft of somebody else.
    """
    # What the dataset proposes does not become public between the look at it and the draft.
    lock_publishing()
    # Two who press at once get one draft.
    ImportedRecord.objects.select_for_update().get(pk=record.pk)
    beginning = Beginning.of(record)
    if beginning.wanted is None:
        return None
    if beginning.case is not None:
        return take_on(beginning.case, by=by)
    if begun := _begun(record):
        if refusal := rules.why_not_read(begun, by):
            raise refusal
        return begun
    return begin_draft(
        beginning.wanted,
        by=by,
        base=None,
        note=f"Begun from {record}.",
        note_language=Language.ENGLISH,
        change_class=ChangeClass.ADDITION,
    )


def _begun(record: ImportedRecord) -> Proposal | None:
    """The oldest of the editors' drafts that would make the case of the record."""
    key = str(record.entry_key)
    return next((one for one in Proposal.objects.of_new("case") if one.wanted["id"] == key), None)
