"""What the indexes of all lists share."""

from array import array
from bisect import insort
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from cases.indexes.actors import Bodies
from cases.postings import Bits, Postings, Several, bits_of
from publishing.remembered import not_noted

Pairs = Iterable[tuple[UUID, Hashable]]
ANY_ROLE = "in any role"
# The order of a list where nobody asks for another one.
NEWEST = "newest"
# Sorts behind everything.
LAST = b"\xff\xff"
# Turns the order of dates round: the later is less, and a year comes behind its months.
TURNED = bytes(255 - number for number in range(256))
ENDED, UNDATED = b"\xfe", b"\xff"


@dataclass
class Rows:
    """What was read of some rows of a list.

    pairs: by the name of a question, pairs of the key of a row and a value that it holds. newest: what each
    row is sorted by where nobody asks for another order.
    """

    keys: Sequence[UUID]
    pairs: dict[str, list[tuple[UUID, Hashable]]] = field(default_factory=dict)
    newest: Mapping[UUID, bytes] = field(default_factory=dict)

    def add(self, name: str, pairs: Pairs) -> None:
        """Take the values of a question."""
        self.pairs[name] = [*pairs]

    def add_roles(self, rows: Iterable[tuple[UUID, UUID, str]], roles: Sequence[str], bodies: Bodies) -> None:
        """Take which actor has which role: the key of a row, that of the actor, and the role.

        An organ counts for its bodies.
        """
        by_role: dict[str, list[tuple[UUID, Hashable]]] = {role: [] for role in roles}
        for key, actor, role in rows:
            by_role[role] += ((key, whole) for whole in bodies.above(actor))
        self.pairs |= {in_role(role): pairs for role, pairs in by_role.items()}
        self.pairs[ANY_ROLE] = [pair for pairs in by_role.values() for pair in pairs]


def in_role(role: str) -> str:
    """The name under which the actors in the role are kept."""
    return f"in the role {role}"


class ListIndex:
    """The rows of a list, each at a position of its own, and which of them hold which values.

    postings: by the name of a question. A row keeps its position while it is published; a new one comes after
    all others, and a position that became free stays empty. An index never changes: `renewed` makes another
    one, which shares with it whatever is the same, so that it can be read meanwhile.
    """

    # The kinds of entries that it is made of; the rows are of the first.
    MADE_OF: tuple[str, ...] = ()
    ROLES: Sequence[str] = ()
    keys: list[UUID]
    positions: dict[UUID, int]
    everything: Bits
    postings: dict[str, Postings]
    bodies: Bodies

    def __init__(self) -> None:
        self.read_related()
        rows = self.read(None)
        self.keys = [*rows.keys]
        self.positions = {key: position for position, key in enumerate(self.keys)}
        self.everything = (1 << self.size) - 1
        positions = self.positions
        self.postings = {
            name: Postings(((positions[key], value) for key, value in pairs if key in positions), self.size)
            for name, pairs in rows.pairs.items()
        }
        self._sorted_by: dict[str, list[bytes]] = {NEWEST: [rows.newest[key] for key in self.keys]}
        self._orders: dict[str, array[int]] = {}

    # --- what an index says of itself ------------------------------------------------------------

    def read_related(self) -> None:
        """Read what is known of other entries and says what rows hold: bodies of organs, for instance."""
        raise NotImplementedError

    def read(self, keys: Collection[UUID] | None) -> Rows:
        """Read the rows with these keys, as far as they are published; all where there is None."""
        raise NotImplementedError

    def read_order(self, name: str, keys: Collection[UUID] | None) -> Mapping[UUID, bytes]:
        """What the rows with these keys are sorted by in that order, where `read` does not say it."""
        raise NotImplementedError

    def touched_by(self, changed: Mapping[str, Collection[UUID]]) -> set[UUID]:
        """The keys of the rows that hold something that is said by these entries of other kinds."""
        raise NotImplementedError

    # --- what is asked of it ---------------------------------------------------------------------

    @property
    def size(self) -> int:
        """How many positions there are, with those that are free."""
        return len(self.keys)

    @property
    def number(self) -> int:
        """How many rows there are."""
        return len(self.positions)

    @property
    def roles(self) -> dict[str, Postings]:
        """By role, the actors in it."""
        return {role: self.postings[in_role(role)] for role in self.ROLES}

    def in_roles(self, roles: Sequence[str]) -> Postings | Several:
        """The actors in one of these roles; in any, where there is none."""
        if not roles:
            return self.postings[ANY_ROLE]
        parts = [self.postings[in_role(role)] for role in roles]
        return parts[0] if len(parts) == 1 else Several(parts)

    def bits_at(self, keys: Iterable[UUID]) -> Bits:
        """The set of the rows with these keys; those that the list lacks are passed over."""
        return bits_of(
            (position for key in keys if (position := self.positions.get(key)) is not None), self.size
        )

    def order(self, name: str) -> Sequence[int]:
        """The positions in the order of that name, which is made when first asked for."""
        if (made := self._orders.get(name)) is None:
            keys = self._keys_of(name)
            made = array("I", sorted(self.positions.values(), key=keys.__getitem__))
            self._orders[name] = made
        return made

    def newest_of(self, position: int) -> bytes:
        """What sorts rows that are the same in another order."""
        return self._sorted_by[NEWEST][position]

    def _keys_of(self, name: str) -> list[bytes]:
        if name not in self._sorted_by:
            with not_noted():
                keys = self.read_order(name, None)
            self._sorted_by[name] = [keys.get(key, LAST) for key in self.keys]
        return self._sorted_by[name]

    # --- what changes ----------------------------------------------------------------------------

    def renewed(self, changed: Mapping[str, Collection[UUID]], most: int) -> Self | None:
        """The index after these entries were published or retracted, by their kinds.

        None where so many rows are touched that all of them are read as quickly.
        """
        own, *others = self.MADE_OF
        touched = {*changed.get(own, ())}
        new = copy(self)
        if any(changed.get(kind) for kind in others):
            new.read_related()
            # Both what was part of a body and what is now.
            touched |= self.touched_by(changed) | new.touched_by(changed)
        if len(touched) > most:
            return None
        new._take(touched)
        return new

    def _take(self, touched: Collection[UUID]) -> None:
        rows = self.read(touched)
        published = {*rows.keys}
        gone = {
            position for key, position in self.positions.items() if key in touched and key not in published
        }
        self.keys, self.positions = [*self.keys], dict(self.positions)
        for key in touched:
            if key in published and key not in self.positions:
                self.positions[key] = len(self.keys)
                self.keys.append(key)
            elif key not in published:
                self.positions.pop(key, None)
        present = {key: self.positions[key] for key in rows.keys}
        for position in gone:
            self.everything &= ~(1 << position)
        for position in present.values():
            self.everything |= 1 << position
        self._take_values(rows, present, gone)
        self._take_orders(rows, present, gone)

    def _take_values(self, rows: Rows, present: Mapping[UUID, int], gone: Collection[int]) -> None:
        postings = {}
        for name, pairs in rows.pairs.items():
            values: dict[int, list[Hashable]] = {position: [] for position in (*present.values(), *gone)}
            for key, value in pairs:
                if key in present:
                    values[present[key]].append(value)
            postings[name] = self.postings[name].with_rows(values, self.size)
        self.postings = postings

    def _take_orders(self, rows: Rows, present: Mapping[UUID, int], gone: Collection[int]) -> None:
        before, orders = self._sorted_by, self._orders
        self._sorted_by, self._orders = {}, {}
        moved = {*present.values(), *gone}
        for name in (NEWEST, *(one for one in [*before] if one != NEWEST)):
            found = rows.newest if name == NEWEST else self.read_order(name, [*present])
            keys = [*before[name], *[LAST] * (self.size - len(before[name]))]
            for key, position in present.items():
                keys[position] = found.get(key, LAST)
            self._sorted_by[name] = keys
            if name in orders:
                order = [position for position in orders[name] if position not in moved]
                for position in present.values():
                    insort(order, position, key=keys.__getitem__)
                self._orders[name] = array("I", order)


def newest_first(key: UUID, day: str) -> bytes:
    """What sorts rows by a date that may be partial, the newest first, and those without one last."""
    return (day.encode().translate(TURNED) + ENDED if day else UNDATED) + key.bytes


def oldest_first(key: UUID, day: str) -> bytes:
    """The same, the oldest first."""
    return (day.encode() + b"\0" if day else UNDATED) + key.bytes


def grouped(pairs: Iterable[tuple[Any, Any]]) -> Mapping[Any, list[Any]]:
    """The second of each pair, by the first."""
    found: dict[Any, list[Any]] = {}
    for first, second in pairs:
        found.setdefault(first, []).append(second)
    return found
