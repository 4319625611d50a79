"""The initiatives as they were after a certain publication: an index, and a filter of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cases.filters import InitiativeFilter
from cases.indexes import InitiativeIndex
from cases.indexes.initiatives import RowsOfInitiatives
from cases.indexes.lists import Rows
from cases.models import Initiative
from cases.past_lists import AsItWas, ByPastAddresses, Gathering, PastList, key_in, memory_of, row_of, rows_in
from publishing.languages import columns_of_text
from publishing.past import PastEntry, Point

SHOWN = ("began_on", "ended_on")


class PastInitiativeIndex(InitiativeIndex):
    """The initiatives of then; it stays as it is."""

    def __init__(self, rows: RowsOfInitiatives, gathering: Gathering, point: Point) -> None:
        self._given, self._gathering, self.point = rows, gathering, point
        super().__init__()

    def read_related(self) -> None:
        """What stood beside them."""
        self.bodies, self._memberships = self._gathering.bodies, self._gathering.memberships

    def read(self, keys: Collection[UUID] | None) -> Rows:
        """All of them."""
        return self._read_from(self._given)


@dataclass
class GatheringOfInitiatives(Gathering):
    """What the index of initiatives takes from snapshots."""

    KIND = "initiative"
    partners: list[tuple[UUID, UUID, str]] = field(default_factory=list)
    paid: list[tuple[UUID, UUID]] = field(default_factory=list)

    def take_row(self, entry: PastEntry, fields: Mapping[str, Any]) -> Any:
        """The initiative, and who had a part in it."""
        for row in rows_in(entry, "partner"):
            if actor := key_in(row.get("actor")):
                self.partners.append((entry.key, actor, row.get("role", "")))
        for row in rows_in(entry, "funding"):
            if actor := key_in(row.get("actor")):
                self.paid.append((entry.key, actor))
        initiative = row_of(Initiative, entry.key, fields, (*SHOWN, *columns_of_text("title")))
        initiative.main_theme_id = key_in(fields.get("main_theme"))
        return initiative

    def index(self, point: Point) -> PastInitiativeIndex:
        """The index of initiatives."""
        rows = RowsOfInitiatives(
            initiatives=[(one.pk, one.main_theme_id, one.began_on) for one in self.rows.values()],
            countries=self.countries,
            partners=self.partners,
            paid=self.paid,
        )
        return PastInitiativeIndex(rows, self, point)


_PAST = memory_of(GatheringOfInitiatives, InitiativeIndex.MADE_OF)


def past_initiatives(point: Point, without: frozenset[UUID]) -> PastList:
    """All initiatives as they were then; without: the keys of what is retracted now. Raises TooManyRows."""
    return _PAST.recall(point.digest, point, without)


class InitiativesByPastAddresses(ByPastAddresses, InitiativeFilter):
    """The initiatives of today, asked for by the addresses of then."""


class PastInitiativeFilter(AsItWas, InitiativeFilter):
    """The initiatives of then."""
