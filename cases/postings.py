"""Which rows of a list hold which values, as sets of bits: one bit for the position of each row."""

from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from heapq import nlargest
from itertools import chain

# A set of rows: the bit of value 1 << n stands for the row at position n.
Bits = int
# Of so many rows the values are counted row by row; of more, value by value.
FEW_ROWS = 1000
# So many values, the most frequent, are counted where the rows are many.
MOST_VALUES = 120
# A value is kept as bits where at least one of so many rows holds it, or it is one of the most frequent.
DENSE = 200


def bits_of(positions: Iterable[int], size: int) -> Bits:
    """The set of these positions, in a list of that size."""
    octets = bytearray(size // 8 + 1)
    for position in positions:
        octets[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(octets, "little")


def positions_of(bits: Bits) -> Iterator[int]:
    """The positions in the set, in their order."""
    for number, octet in enumerate(bits.to_bytes(bits.bit_length() // 8 + 1, "little")):
        while octet:
            lowest = octet & -octet
            yield (number << 3) + lowest.bit_length() - 1
            octet ^= lowest


def positions_among(bits: Bits, order: Iterable[int], size: int) -> Iterator[int]:
    """The positions in the set, in that order of all positions of a list of that size."""
    octets = bits.to_bytes(size // 8 + 1, "little")
    return (position for position in order if octets[position >> 3] >> (position & 7) & 1)


def most_frequent(numbers: Mapping[Hashable, int], most: int) -> list[Hashable]:
    """The values with the largest numbers, the largest first; of equal ones always the same."""
    if len(numbers) > most:
        *_more, least = [0, *nlargest(most, numbers.values())]
        numbers = {value: number for value, number in numbers.items() if number >= least}
    return sorted(numbers, key=lambda value: (-numbers[value], str(value)))[:most]


class Postings:
    """The rows that hold each value, and the values that each row holds; it never changes.

    pairs: the position of a row and a value that it holds; the same pair may come twice. size: how many
    rows the list has.
    """

    def __init__(self, pairs: Iterable[tuple[int, Hashable]], size: int) -> None:
        self.size = size
        self._positions: dict[Hashable, array[int]] = {}
        # By position. Most rows hold few values, and many the same.
        self._held: list[tuple[Hashable, ...]] = [()] * size
        positions, held = self._positions, self._held
        for position, value in pairs:
            before = held[position]
            if value not in before:
                held[position] = (*before, value)
                if (of_value := positions.get(value)) is None:
                    of_value = positions[value] = array("I")
                of_value.append(position)
        self.recorded = bits_of((position for position, values in enumerate(held) if values), size)
        self._bits: dict[Hashable, Bits] = {}
        self._choose_most()

    def with_rows(self, rows: Mapping[int, Iterable[Hashable]], size: int) -> "Postings":
        """The same, but with these values at these positions, in a list of that size.

        Itself where nothing differs. What differs is copied: whoever reads this one is not disturbed.
        """
        after = {position: tuple(dict.fromkeys(values)) for position, values in rows.items()}
        changed = {
            position: values for position, values in after.items() if {*values} != {*self.held_by(position)}
        }
        if not changed:
            return self
        new = copy(self)
        new.size = size
        new._held = [*self._held, *[()] * (size - len(self._held))]
        new._positions, new._bits = dict(self._positions), dict(self._bits)
        for position, values in changed.items():
            before = new._held[position]
            new._held[position] = values
            for value in {*before} ^ {*values}:
                new._turn(value, position)
            new.recorded = new.recorded | 1 << position if values else new.recorded & ~(1 << position)
        new._choose_most()
        return new

    def _turn(self, value: Hashable, position: int) -> None:
        """Let the row at that position hold the value if it did not, and not if it did."""
        positions = array("I", self._positions.get(value, ()))
        if position in positions:
            positions.remove(position)
        else:
            positions.append(position)
        if value in self._bits:
            self._bits[value] ^= 1 << position
        if positions:
            self._positions[value] = positions
        else:
            self._positions.pop(value)
            self._bits.pop(value, None)

    def _choose_most(self) -> None:
        numbers = {value: len(positions) for value, positions in self._positions.items()}
        self._most = dict.fromkeys(most_frequent(numbers, MOST_VALUES))

    def values(self) -> Sequence[Hashable]:
        """The most frequent values, the most frequent first."""
        return [*self._most]

    def every_value(self) -> Iterable[Hashable]:
        """All values that some row holds."""
        return self._positions.keys()

    def held_by(self, position: int) -> Sequence[Hashable]:
        """The values that the row at that position holds."""
        return self._held[position] if position < len(self._held) else ()

    def holding(self, value: Hashable) -> Bits:
        """The rows that hold the value."""
        if (kept := self._bits.get(value)) is not None:
            return kept
        positions = self._positions.get(value, ())
        bits = bits_of(positions, self.size)
        if len(positions) * DENSE >= self.size or value in self._most:
            self._bits[value] = bits
        return bits

    def counted(self, among: Bits) -> Counter[Hashable]:
        """How many of these rows hold each value; where the rows are many, of the most frequent values."""
        if among.bit_count() > FEW_ROWS:
            return Counter({value: (self.holding(value) & among).bit_count() for value in self._most})
        return Counter(chain.from_iterable(map(self.held_by, positions_of(among))))


class Several:
    """Some postings as one: a row holds a value where one of them says so."""

    def __init__(self, parts: Sequence[Postings]) -> None:
        self.parts = parts

    def holding(self, value: Hashable) -> Bits:
        """The rows that hold the value."""
        found = 0
        for part in self.parts:
            found |= part.holding(value)
        return found

    @property
    def recorded(self) -> Bits:
        """The rows that hold some value."""
        found = 0
        for part in self.parts:
            found |= part.recorded
        return found

    def counted(self, among: Bits) -> Counter[Hashable]:
        """How many of these rows hold each value, as `Postings.counted`."""
        if among.bit_count() <= FEW_ROWS:
            return Counter(
                value
                for position in positions_of(among)
                for value in {value for part in self.parts for value in part.held_by(position)}
            )
        values = {value for part in self.parts for value in part.values()}
        return Counter({value: (self.holding(value) & among).bit_count() for value in values})
