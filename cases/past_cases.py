"""The cases as they were after a certain publication, read from revisions: an index, and a filter of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cases.filters import CaseFilter
from cases.indexes import CaseIndex
from cases.indexes.lists import Rows
from cases.indexes.rows import MADE_OF, OF_A_ROW, RelatedRows, RowsOfCases
from cases.models import Case
from cases.past_lists import AsItWas, ByPastAddresses, Gathering, PastList, key_in, memory_of, row_of, rows_in
from publishing.languages import columns_of_text
from publishing.past import PastEntry, Point


class PastCaseIndex(CaseIndex):
    """The cases of then; it stays as it is."""

    def __init__(self, rows: RowsOfCases, related: RelatedRows, point: Point) -> None:
        self._given, self._given_related, self.point = rows, related, point
        super().__init__()

    def read_related(self) -> None:
        """What stood beside them."""
        self._take_related(self._given_related)

    def read(self, keys: Collection[UUID] | None) -> Rows:
        """All of them."""
        return self._read_from(self._given)


@dataclass
class GatheringOfCases(Gathering):
    """What the index of cases takes from snapshots."""

    KIND = "case"
    parts: list[tuple[UUID, UUID, str]] = field(default_factory=list)
    mechanisms: list[tuple[UUID, UUID | None, str, str]] = field(default_factory=list)
    themes: list[tuple[UUID, UUID]] = field(default_factory=list)

    def take_row(self, entry: PastEntry, fields: Mapping[str, Any]) -> Any:
        """The case, and who took part in it."""
        key = entry.key
        self.themes += ((key, UUID(one)) for one in fields.get("themes", ()))
        for row in rows_in(entry, "participation"):
            if actor := key_in(row.get("actor")):
                self.parts.append((key, actor, row.get("role", "")))
        for row in rows_in(entry, "mechanism"):
            kind, status = row.get("mechanism_type", ""), row.get("status", "")
            self.mechanisms.append((key, key_in(row.get("actor")), kind, status))
        return row_of(Case, key, fields, (*OF_A_ROW, *columns_of_text("title")))

    def index(self, point: Point) -> PastCaseIndex:
        """The index of cases."""
        rows = RowsOfCases(
            cases=[*self.rows.values()],
            parts=self.parts,
            mechanisms=self.mechanisms,
            countries=self.countries,
            themes=self.themes,
        )
        related = RelatedRows(
            bodies=self.bodies,
            memberships=self.memberships,
            codes=self.codes,
            types=self.types,
            homes=self.homes,
        )
        return PastCaseIndex(rows, related, point)


_PAST = memory_of(GatheringOfCases, MADE_OF)


def past_cases(point: Point, without: frozenset[UUID]) -> PastList:
    """All cases as they were then; without: the keys of what is retracted now. Raises TooManyRows."""
    return _PAST.recall(point.digest, point, without)


class CasesByPastAddresses(ByPastAddresses, CaseFilter):
    """The cases of today, asked for by the addresses of then."""


class PastCaseFilter(AsItWas, CaseFilter):
    """The cases of then."""
