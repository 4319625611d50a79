"""What a list says about its question: chips, one sentence, and what is near where nothing is found."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.utils.translation import gettext as _

from cases.filters.facets import NONE, NOT, Facet
from cases.filters.lists import SEARCH, ListFilter
from cases.filters.years import FIRST, LAST
from publishing.languages import join_list

# So many answers are offered where nothing is found.
MOST_NEAR = 12


@dataclass(frozen=True)
class Chip:
    """One thing that was asked for. without: the query without it. instead: the query that turns it round."""

    label: str
    value: str
    without: str
    is_excluded: bool = False
    instead: str = ""


class DescribedFilter(ListFilter):
    """A filter that says what it was asked."""

    # By the name of a question: how the sentence says what is included, and what is excluded.
    CLAUSES: dict[str, tuple[Any, Any]] = {}
    # Likewise where rows without a value are asked for.
    WITHOUT: dict[str, Any] = {}

    # --- chips -----------------------------------------------------------------------------------

    @property
    def chips(self) -> list[Chip]:
        """What was asked for, each with the query that leaves it out."""
        chips = [Chip(_("Search"), self.search, self.without(SEARCH))] if self.search else []
        chips += [chip for facet in self.facets for chip in self._chips_of(facet)]
        asked = ((FIRST, _("From year"), self.years.first), (LAST, _("To year"), self.years.last))
        chips += [Chip(label, str(year), self.without(name)) for name, label, year in asked if year]
        return chips

    def _chips_of(self, facet: Facet) -> Iterator[Chip]:
        typed = [value for value in self.data.getlist(facet.name) if value]
        for value in (*facet.included, *facet.excluded):
            is_excluded = value in facet.excluded
            written = next((one for one in typed if self._stands_for(one, value, is_excluded)), "")
            turned = self._address(value) if is_excluded else f"{NOT}{self._address(value)}"
            yield Chip(
                str(facet.label),
                str(self.label_of(facet, value)),
                self.without_value(facet.name, written),
                is_excluded,
                self.instead(facet.name, written, turned),
            )

    def _stands_for(self, typed: str, value: Hashable, is_excluded: bool) -> bool:
        bare = typed.strip().removeprefix(NOT) if is_excluded else typed.strip()
        entry = self._asked.entries.get(value)
        return bare == str(value) or (entry is not None and self._asked.typed.get(bare) == entry.pk)

    def _address(self, value: Hashable) -> str:
        entry = self._asked.entries.get(value)
        return entry.slug if entry is not None else str(value)

    def label_of(self, facet: Facet, value: Hashable) -> Any:
        """The value in words."""
        return self._label(facet, value, self._asked.entries)

    @property
    def active_filters(self) -> list[tuple[str, str, str]]:
        """What was asked for, as (label, value, query without it)."""
        return [(chip.label, chip.value, chip.without) for chip in self.chips]

    # --- one sentence ----------------------------------------------------------------------------

    @property
    def clauses(self) -> str:
        """The question in words, as the sentence goes on after the number; "" where nothing is asked."""
        return join_list(self._clauses())

    def _clauses(self) -> Iterator[str]:
        if self.search:
            yield _("called “%(words)s”") % {"words": self.search}
        for facet in self.facets:
            included, excluded = self.CLAUSES[facet.name]
            values = [value for value in facet.included if value != NONE]
            if values:
                yield str(included) % {"values": self._one_of(facet, values)}
            if NONE in facet.included:
                without = str(self.WITHOUT[facet.name])
                yield _("or %(clause)s") % {"clause": without} if values else without
            if others := [value for value in facet.excluded if value != NONE]:
                yield str(excluded) % {"values": self._one_of(facet, others)}
            if NONE in facet.excluded:
                # Translators: stands where names stand else: "mediated by: somebody or something recorded".
                yield str(included) % {"values": _("somebody or something recorded")}
        yield from self._described_years()

    def _one_of(self, facet: Facet, values: list[Hashable]) -> str:
        *first, last = [str(self.label_of(facet, value)) for value in values]
        # Translators: one of several; %(first)s may be a list.
        return _("%(first)s or %(last)s") % {"first": join_list(first), "last": last} if first else last

    def _described_years(self) -> Iterator[str]:
        first, last = self.years.first, self.years.last
        if first and last:
            yield _("at some time from %(first)s to %(last)s") % {"first": first, "last": last}
        elif first:
            yield _("at some time since %(first)s") % {"first": first}
        elif last:
            yield _("begun by %(last)s") % {"last": last}

    # --- what is near ----------------------------------------------------------------------------

    def near(self) -> list[tuple[str, int, str]]:
        """With one question less each, where there is something: its label, how many there are, the query."""
        found = []
        for facet in self.facets:
            if facet.is_asked and (number := self._number_without(facet)):
                found.append((str(facet.label), number, self.without(facet.name)))
        if self.years.is_asked and (number := reduce(and_, self._selections, self._named).bit_count()):
            found.append((_("Years"), number, self.without(FIRST, LAST)))
        if self.search and (number := reduce(and_, self._selections, self.in_years()).bit_count()):
            found.append((_("Search"), number, self.without(SEARCH)))
        return sorted(found)

    def other_answers(self) -> list[tuple[str, str, int, str]]:
        """Where nothing is found, other values of one question: label, value, how many, the query."""
        offered = []
        for facet, choices in self.choices:
            if len(facet.included) == 1 and not facet.excluded:
                written = next((one for one in self.data.getlist(facet.name) if one), "")
                for choice in choices:
                    if choice.number and not choice.is_chosen:
                        query = self.instead(facet.name, written, choice.value)
                        offered.append((str(facet.label), str(choice.label), choice.number, query))
        return sorted(offered, key=lambda one: -one[2])[:MOST_NEAR]

    def _number_without(self, facet: Facet) -> int:
        included, excluded, facet.included, facet.excluded = facet.included, facet.excluded, [], []
        number = self._number()
        facet.included, facet.excluded = included, excluded
        return number

    def _number(self) -> int:
        selections = [group.selection(self.index.everything) for group in self.groups]
        return reduce(and_, selections, self._bounds).bit_count()
