"""The numbers that texts say of the lists of cases and initiatives."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from cases.filters import CaseFilter, InitiativeFilter
from cases.filters.lists import ListFilter
from cases.indexes import CASE_INDEX, INITIATIVE_INDEX, ListIndex
from publishing.remembered import Memory

# More than all texts ask.
MOST_KEPT = 2000


@dataclass
class Numbers:
    """How many rows of a list answer each question, counted when it is first asked."""

    filter_of: type[ListFilter]
    index: ListIndex
    _kept: dict[str, int | None] = field(default_factory=dict)

    def answering(self, query: QueryDict) -> int | None:
        """The number; None where some part of the question is not understood."""
        asked = query.urlencode()
        if asked not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[asked] = self._count(query)
        return self._kept.get(asked)

    def _count(self, query: QueryDict) -> int | None:
        found: Any = self.filter_of(query, index=self.index)
        is_understood = not (found.not_understood or found.errors)
        return found.number if is_understood else None


CASES: Memory[Numbers] = Memory(lambda: Numbers(CaseFilter, CASE_INDEX.recall()), CASE_INDEX.kinds)
INITIATIVES: Memory[Numbers] = Memory(
    lambda: Numbers(InitiativeFilter, INITIATIVE_INDEX.recall()), INITIATIVE_INDEX.kinds
)
# By the name of the list's address.
LISTS = {"cases:cases": CASES, "cases:initiatives": INITIATIVES}


def numbers_of_list(view_name: str, queries: Sequence[QueryDict]) -> list[int | None]:
    """How many cases or initiatives answer each query, from what is remembered of their list."""
    if view_name not in LISTS:
        return []
    numbers = LISTS[view_name].recall()
    return [numbers.answering(query) for query in queries]
