"""Which rows of a list hold which values, as sets of bits: one bit for the place of each row in the list."""

from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import accumulate, chain

# A set of rows: the bit of value 1 << n stands for the row at place n.
Bits = int
# Of so many rows the values are counted row by row; of more, value by value.
FEW_ROWS = 1000
# So many values, the most frequent, are counted where the rows are many.
MOST_VALUES = 120
# A value is kept as bits where at least one of so many rows holds it, or it is one of the most frequent.
DENSE = 200


def bits_of(places: Iterable[int], size: int) -> Bits:
    """The set of these places, in a list of that size."""
    octets = bytearray(size // 8 + 1)
    for place in places:
        octets[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(octets, "little")


def places_of(bits: Bits) -> Iterator[int]:
    """The places in the set, in their order."""
    for number, octet in enumerate(bits.to_bytes(bits.bit_length() // 8 + 1, "little")):
        while octet:
            lowest = octet & -octet
            yield (number << 3) + lowest.bit_length() - 1
            octet ^= lowest


def places_among(bits: Bits, order: Iterable[int], size: int) -> Iterator[int]:
    """The places in the set, in that order of all places of a list of that size."""
    octets = bits.to_bytes(size // 8 + 1, "little")
    return (place for place in order if octets[place >> 3] >> (place & 7) & 1)


class Postings:
    """The rows that hold each value, and the values that each row holds.

    pairs: each place of a row with a value that it holds; the same pair may come twice. size: how many rows
    the list has.
    """

    def __init__(self, pairs: Iterable[tuple[int, Hashable]], size: int) -> None:
        self.size = size
        self._places: dict[Hashable, array[int]] = {}
        for place, value in dict.fromkeys(pairs):
            self._places.setdefault(value, array("I")).append(place)
        self._values = [*self._places]
        self._ends, self._held = self._by_place()
        self.recorded = bits_of(chain.from_iterable(self._places.values()), size)
        most = nlargest(MOST_VALUES, self._places, key=lambda value: len(self._places[value]))
        self._most = dict.fromkeys(most)
        self._bits: dict[Hashable, Bits] = {}

    def _by_place(self) -> "tuple[array[int], array[int]]":
        """The numbers of the values that each row holds, one row after the other; and where each row ends."""
        numbers = array("I", bytes(4 * self.size))
        for place in chain.from_iterable(self._places.values()):
            numbers[place] += 1
        ends = array("I", accumulate(numbers))
        starts = array("I", [0, *ends[:-1]])
        held = array("I", bytes(4 * (ends[-1] if ends else 0)))
        for number, places in enumerate(self._places.values()):
            for place in places:
                held[starts[place]] = number
                starts[place] += 1
        return ends, held

    def values(self) -> Sequence[Hashable]:
        """The most frequent values, the most frequent first."""
        return [*self._most]

    def held_by(self, place: int) -> Sequence[Hashable]:
        """The values that the row at that place holds."""
        return [self._values[number] for number in self._numbers_of(place)]

    def _numbers_of(self, place: int) -> "array[int]":
        return self._held[self._ends[place - 1] if place else 0 : self._ends[place]]

    def holding(self, value: Hashable) -> Bits:
        """The rows that hold the value."""
        if (kept := self._bits.get(value)) is not None:
            return kept
        places = self._places.get(value, ())
        bits = bits_of(places, self.size)
        if len(places) * DENSE >= self.size or value in self._most:
            self._bits[value] = bits
        return bits

    def counted(self, among: Bits) -> Counter[Hashable]:
        """How many of these rows hold each value; where the rows are many, of the most frequent values."""
        if among.bit_count() > FEW_ROWS:
            return Counter({value: (self.holding(value) & among).bit_count() for value in self._most})
        numbers = Counter(chain.from_iterable(map(self._numbers_of, places_of(among))))
        return Counter({self._values[number]: times for number, times in numbers.items()})


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
                for place in places_of(among)
                for value in {value for part in self.parts for value in part.held_by(place)}
            )
        values = {value for part in self.parts for value in part.values()}
        return Counter({value: (self.holding(value) & among).bit_count() for value in values})
