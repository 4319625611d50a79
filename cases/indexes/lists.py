"""What the indexes of all lists share."""

from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from cases.indexes.actors import Bodies
from cases.postings import Bits, Postings, Several, bits_of
from publishing.past import Stand

Pairs = Iterable[tuple[Any, Hashable]]


class ListIndex:
    """The rows of a list, the newest first, each at its place, and which of them hold which values.

    postings: by the name of a question. roles: by role, the actors in it; an organ counts for its bodies.
    stand: the publication after which it is so, where an index says it.
    """

    stand: Stand | None = None

    def __init__(self, keys: Sequence[UUID], bodies: Bodies) -> None:
        self.keys, self.bodies, self.size = keys, bodies, len(keys)
        self.places = {key: place for place, key in enumerate(keys)}
        self.everything: Bits = (1 << self.size) - 1
        self.postings: dict[str, Postings] = {}
        self.roles: dict[str, Postings] = {}
        self._orders: dict[str, array[int]] = {}

    def add(self, name: str, pairs: Pairs) -> None:
        """Take the values of a question: pairs of the key of a row and a value that it holds."""
        self.postings[name] = self._posted(pairs)

    def add_roles(self, rows: Iterable[tuple[UUID, UUID, str]], roles: Sequence[str]) -> None:
        """Take which actor has which role: the key of a row, that of the actor, and the role."""
        by_role: dict[str, list[tuple[UUID, UUID]]] = {role: [] for role in roles}
        for key, actor, role in rows:
            by_role[role] += ((key, whole) for whole in self.bodies.above(actor))
        self.roles = {role: self._posted(pairs) for role, pairs in by_role.items()}
        self._in_any_role = self._posted(chain.from_iterable(by_role.values()))

    def in_roles(self, roles: Sequence[str]) -> Postings | Several:
        """The actors in one of these roles; in any, where there is none."""
        if not roles:
            return self._in_any_role
        parts = [self.roles[role] for role in roles]
        return parts[0] if len(parts) == 1 else Several(parts)

    def bits_at(self, keys: Iterable[UUID]) -> Bits:
        """The set of the rows with these keys; those that the list lacks are passed over."""
        return bits_of((place for key in keys if (place := self.places.get(key)) is not None), self.size)

    def in_order(self, name: str, order: Callable[[], Iterable[int]]) -> Sequence[int]:
        """The places in an order of that name, which is made when first asked for."""
        if name not in self._orders:
            self._orders[name] = array("I", order())
        return self._orders[name]

    def places_of_keys(self, keys: Iterable[UUID]) -> Iterator[int]:
        """The places of these keys."""
        return (self.places[key] for key in keys if key in self.places)

    def _posted(self, pairs: Pairs) -> Postings:
        places = self.places
        return Postings(((places[key], value) for key, value in pairs if key in places), self.size)


def grouped(pairs: Iterable[tuple[Any, Any]]) -> Mapping[Any, list[Any]]:
    """The second of each pair, by the first."""
    found: dict[Any, list[Any]] = {}
    for first, second in pairs:
        found.setdefault(first, []).append(second)
    return found
