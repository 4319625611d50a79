"""Plans what becomes of each record: proposed, unchanged or reported; writes nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from cases.models import Case
from imports.building import Generated, Target, covered_case, own_case, with_generated
from imports.matching import Covered, Known
from imports.models import ImportedRecord, key_of
from imports.reading import Table, refuse_other
from imports.records import Record, Row
from imports.schemes.kinds import Scheme
from imports.values import number
from imports.vocabulary import Fate, Problem
from publishing import rules, snapshots
from publishing.fields.columns import canonical
from publishing.models import Revision
from publishing.snapshots import Snapshot
from publishing.vocabulary import EntryState
from publishing.workflow import states

# So many records are planned, and stored, together.
AT_ONCE = 200


@dataclass
class Planned:
    """A record and what becomes of it; snapshot, base and digest: of what is proposed."""

    record: Record
    fate: Fate
    case: UUID
    digest: str = ""
    snapshot: Snapshot | None = None
    base: Revision | None = None
    is_known: bool = False


@dataclass
class Plan:
    """What becomes of the records of a table, for one dataset and release.

    stored_as: under which name their numbers are kept.
    """

    target: Target
    stored_as: str
    known: Known = field(init=False)
    covered: Covered = field(init=False)

    def __post_init__(self) -> None:
        self.known = Known(self.target.scheme.actors)
        self.covered = Covered(self.target.scheme.catalogue)

    def of(self, table: Table, *, after: int = 0) -> Iterator[list[Planned]]:
        """What becomes of each record, some at a time, in the order in which they end in the file.

        after: so many are dealt with already.
        """
        records = islice(records_of(table, self.target.scheme), after, None)
        while some := [*islice(records, AT_ONCE)]:
            yield self.plan(some)

    def plan(self, records: Sequence[Record]) -> list[Planned]:
        """What becomes of these records."""
        numbers = [one.number for one in records]
        stored = ImportedRecord.objects.filter(scheme=self.stored_as, number__in=numbers)
        stored = stored.select_related("proposal__revision")
        earlier = {one.number: one for one in stored}
        cases = {one.number: self._case(one, earlier.get(one.number)) for one in records}
        public = _public(cases.values())
        return [self._planned(one, cases[one.number], earlier.get(one.number), public) for one in records]

    def _case(self, record: Record, earlier: ImportedRecord | None) -> UUID:
        found = self.covered.by(record)
        if len(found) > 1:
            record.note(self.target.scheme.number, Problem.SEVERAL_CASES, record.number)
        if len(found) == 1:
            return next(iter(found))
        return earlier.entry_key if earlier else key_of(self.stored_as, record.number)

    def _planned(
        self,
        record: Record,
        case: UUID,
        earlier: ImportedRecord | None,
        public: dict[UUID, tuple[EntryState, Revision, Snapshot]],
    ) -> Planned:
        if record.is_refused:
            return Planned(record, Fate.REPORTED, case)
        found = public.get(case)
        state, base, content = found or (None, None, None)
        if state == EntryState.RETRACTED:
            record.note(self.target.scheme.number, Problem.RETRACTED, record.number)
            return Planned(record, Fate.REPORTED, case)
        generated = self._generated(record, case, content)
        digest = _digest(generated)
        if earlier is not None and earlier.digest == digest and earlier.entry_key == case:
            return Planned(record, Fate.UNCHANGED, case, digest, is_known=True)
        if earlier is not None and earlier.proposal and earlier.proposal.state in states.OPEN:
            record.note(self.target.scheme.number, Problem.WAITS, record.number)
        if not _is_named(generated, content):
            record.note("", Problem.NO_NAME)
        if any(note.refuses for note in record.notes):
            return Planned(record, Fate.REPORTED, case, is_known=earlier is not None)
        wanted = self._wanted(record, case, generated, content, earlier)
        if content is not None and wanted == content:
            return Planned(record, Fate.UNCHANGED, case, digest, is_known=earlier is not None)
        if refusal := rules.why_not_store_values(wanted, content):
            record.note("", Problem.NOT_STORED, refusal.message)
            return Planned(record, Fate.REPORTED, case, is_known=earlier is not None)
        return Planned(record, Fate.PROPOSED, case, digest, wanted, base, is_known=earlier is not None)

    def _generated(self, record: Record, case: UUID, content: Snapshot | None) -> Generated:
        is_own = content is None or content["fields"]["review"] == "coded"
        if is_own:
            return own_case(record, self.known, self.target)
        is_part = self.covered.is_one_of_several(case)
        return covered_case(case, record, self.target, content or {}, is_part=is_part)

    def _wanted(
        self,
        record: Record,
        case: UUID,
        generated: Generated,
        content: Snapshot | None,
        earlier: ImportedRecord | None,
    ) -> Snapshot:
        """What is generated, merged with what editors made of it since; where both changed, theirs stays."""
        if content is None:
            return with_generated(snapshots.empty(Case, case), generated, record, case)
        last = earlier.proposal.wanted if earlier and earlier.proposal else None
        if last is None or last["id"] != str(case):
            return with_generated(content, generated, record, case)
        base = snapshots.conformed(last)
        merge = snapshots.merge(base, content, with_generated(base, generated, record, case))
        for conflict in merge.conflicts:
            record.note("", Problem.EDITED, str(conflict.path))
        return merge.merged


def _is_named(generated: Generated, content: Snapshot | None) -> bool:
    titles = (generated.fields if generated.fields or content is None else content["fields"]).items()
    return any(name.startswith("title_") and value for name, value in titles)


def _digest(generated: Generated) -> str:
    content = {
        "fields": {name: _plain(value) for name, value in generated.fields.items()},
        "rows": generated.rows,
    }
    return hashlib.sha256(canonical(content)).hexdigest()


def _plain(value: Any) -> Any:
    return value if isinstance(value, (bool, list)) or value is None else str(value)


def _public(cases: Iterable[UUID]) -> dict[UUID, tuple[EntryState, Revision, Snapshot]]:
    """Those of the cases that are public or were: their state, newest revision and its content."""
    revisions = Revision.objects.newest_of_all(set(cases)).select_related("entry")
    return {
        one.entry_id: (EntryState(one.entry.state), one, snapshots.conformed(one.snapshot))
        for one in revisions
    }


# --- records -----------------------------------------------------------------------------------


def records_of(table: Table, scheme: Scheme) -> Iterator[Record]:
    """The records of the table, in the order in which they end; raises Unreadable for another dataset's.

    Rows of one record need not stand together: how many it has is counted first.
    """
    refuse_other(table, scheme.label, scheme.needs)
    left = Counter(map(number, table.column(scheme.number)))
    waiting: dict[str, list[Row]] = {}
    for row_number, cells in table.rows():
        row = Row(row_number, table.columns, cells)
        one = number(row[scheme.number])
        if not one:
            record = Record("", [row_number])
            record.note(scheme.number, Problem.NO_NUMBER, row[scheme.number])
            yield record
        elif not scheme.has_many_rows and left[one] > 1:
            yield _same_number(one, row_number, scheme)
        else:
            rows = waiting.setdefault(one, [])
            rows.append(row)
            if len(rows) == left[one]:
                record = Record(one, [each.number for each in rows])
                del waiting[one]
                scheme.read(record, rows)
                yield record


def _same_number(one: str, row: int, scheme: Scheme) -> Record:
    """A row of several with the same number, of which none can be told to be the right one."""
    record = Record(one, [row])
    record.note(scheme.number, Problem.TWICE, one)
    return record
