"""Facets: the questions of a list whose answers are chosen among values, each with its number of rows."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Protocol

from cases.postings import Bits, most_frequent
from publishing.languages import active_language, localized
from search.ordering import sort_key

# What stands in the address for "none recorded", and before a value that is excluded.
NONE, NOT = "none", "-"
# So many values of a facet are shown, besides those that are chosen.
MOST_SHOWN = 12


class Holding(Protocol):
    """Says which rows hold a value."""

    @property
    def recorded(self) -> Bits:
        """The rows that hold some value."""

    def holding(self, value: Hashable) -> Bits:
        """The rows that hold the value."""

    def counted(self, among: Bits) -> Counter[Hashable]:
        """How many of these rows hold each value."""


@dataclass(frozen=True)
class Choice:
    """A value of a facet, as the form shows it.

    value: as it stands in the address. number: of the rows that would be found. entry: that it stands for.
    """

    value: str
    label: Any
    number: int
    is_chosen: bool = False
    is_excluded: bool = False
    entry: Any = None


@dataclass
class Facet:
    """One question, and what was chosen.

    words: the labels of its values, by value, where these are of a vocabulary; else its values are keys of
    entries of `kind`. of: which rows hold which value. has_none: whether one can ask for rows without one.
    """

    name: str
    label: Any
    of: Callable[[], Holding]
    words: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""
    has_none: bool = True
    none_label: Any = ""
    included: list[Hashable] = field(default_factory=list)
    excluded: list[Hashable] = field(default_factory=list)
    # Which words are in use, where `of` says less.
    in_use: Callable[[], Holding] | None = None
    errors: list[str] = field(default_factory=list)
    # The value that is meant where none is chosen, or "".
    by_default: Hashable = ""
    # Whether the form leaves it out: it has one answer.
    is_hidden: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether something of it was chosen."""
        return bool(self.included or self.excluded)

    @property
    def number_chosen(self) -> int:
        """How many of its values were chosen."""
        return len(self.included) + len(self.excluded)

    def take(self, value: Hashable, *, is_excluded: bool) -> bool:
        """Choose the value; whether it was not chosen already."""
        if value in self.included or value in self.excluded:
            return False
        (self.excluded if is_excluded else self.included).append(value)
        return True

    def rows_with(self, values: Iterable[Hashable], everything: Bits) -> Bits:
        """The rows that hold one of the values; NONE stands for the rows that hold no value."""
        of = self.of()
        parts = (everything & ~of.recorded if value == NONE else of.holding(value) for value in values)
        return reduce(or_, parts, 0)

    def selection(self, everything: Bits) -> Bits:
        """The rows that hold one of the values that are included, and none of those that are excluded."""
        wanted = self.included or ([self.by_default] if self.by_default and not self.excluded else [])
        found = self.rows_with(wanted, everything) if wanted else everything
        return found & ~self.rows_with(self.excluded, everything)

    def numbers(self, among: Bits, everything: Bits) -> Counter[Hashable]:
        """How many of these rows hold each value; of those that are chosen, always.

        Of one that is excluded, how many would be there if it were not.
        """
        of, every = self.of(), among
        among = every & ~self.rows_with(self.excluded, everything)
        counted: Counter[Hashable] = of.counted(among)
        for value in (*self.included, *self.words):
            if value not in counted and value != NONE:
                counted[value] = (of.holding(value) & among).bit_count()
        if self.has_none:
            counted[NONE] = (among & ~of.recorded).bit_count()
        for value in self.excluded:
            others = [one for one in self.excluded if one != value]
            held = self.rows_with([value], everything) & ~self.rows_with(others, everything)
            counted[value] = (every & held).bit_count()
        return counted

    def shown(self, counted: Counter[Hashable]) -> list[Hashable]:
        """The values that the form shows: all words that some row holds, or the most frequent entries."""
        chosen = [*self.included, *self.excluded]
        if self.words:
            values: Sequence[Hashable] = [one for one in self.words if one in chosen or self._is_held(one)]
        else:
            passed_over = {*chosen, NONE}
            others = {one: number for one, number in counted.items() if number and one not in passed_over}
            values = [one for one in chosen if one != NONE] + most_frequent(others, MOST_SHOWN)
        return [*values, *([NONE] if self.has_none else [])]

    def _is_held(self, value: Hashable) -> bool:
        return bool((self.in_use or self.of)().holding(value))


@dataclass
class Group:
    """Facets that choose together which rows are found; most choose alone."""

    facets: Sequence[Facet]

    def selection(self, everything: Bits) -> Bits:
        """The rows that all of its facets let through."""
        found = everything
        for facet in self.facets:
            found &= facet.selection(everything)
        return found

    def refused(self, facet: Facet, everything: Bits) -> Bits:
        """The rows that its other facets exclude, whatever is chosen of this one."""
        found = 0
        for other in self.facets:
            if other is not facet:
                found |= other.rows_with(other.excluded, everything)
        return found


@dataclass
class RoleOfActor(Group):
    """Actor and role: both must be said by the same row of a case.

    So the values of each are those that stand beside a chosen value of the other.
    """

    def selection(self, everything: Bits) -> Bits:
        """The rows where one of the actors has one of the roles."""
        actor, role = self.facets
        if actor.included:
            return actor.selection(everything) & ~role.rows_with(role.excluded, everything)
        return role.selection(everything) & ~actor.rows_with(actor.excluded, everything)


def in_order(
    facet: Facet, values: Sequence[Any], counted: Mapping[Any, int], entries: Mapping[Any, Any]
) -> Sequence[Any]:
    """Entries of the same number by name, as the language orders names; everything else as it is."""
    if not facet.kind:
        return values
    language, chosen = active_language(), {*facet.included, *facet.excluded}

    def rank(value: Any) -> tuple[int, int, bytes]:
        if value in chosen:
            return (0, 0, b"")
        if value not in entries:
            return (2, 0, b"")
        return (1, -counted[value], sort_key(str(localized(entries[value], "title")), language))

    return sorted(values, key=rank)
