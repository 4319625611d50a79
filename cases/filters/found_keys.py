"""The keys of what a filter finds."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from cases.filters.lists import ListFilter


class FoundKeys(Sequence[UUID]):
    """The keys of what is found, in order; none is read that nobody asks for."""

    def __init__(self, found: "ListFilter") -> None:
        self._found = found

    def __len__(self) -> int:
        return self._found.number

    def __getitem__(self, wanted: Any) -> Any:
        keys = self._found.index.keys
        if isinstance(wanted, slice):
            start, stop, _step = wanted.indices(len(self))
            return [keys[position] for position in islice(self._found.positions(), start, stop)]
        return self[wanted : wanted + 1][0]

    def __iter__(self) -> Iterator[UUID]:
        keys = self._found.index.keys
        return (keys[position] for position in self._found.positions())
