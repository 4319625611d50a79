"""Filters of the lists of cases and initiatives: facets over an index, whose numbers react to each other."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from operator import and_
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import pgettext_lazy

from cases.filters.asked import distinguishing_details, read_facets, values_of
from cases.filters.facets import NONE, NOT, Choice, Facet, Group, in_order
from cases.filters.found_keys import FoundKeys
from cases.filters.keys import AnyOf
from cases.filters.years import FIRST, LAST, Years, read_years
from cases.indexes import NEWEST, ListIndex
from cases.models import Actor, Place
from cases.postings import Bits, positions_among
from pillars.models import Theme
from publishing.languages import localized
from publishing.models import Entry
from publishing.named_entries import MAX_TYPED
from publishing.requests import understood
from search.queries import holds_words

SEARCH, PAGE = "q", "page"
ENTRIES: Mapping[str, Callable[[], models.QuerySet]] = {
    "actor": lambda: Actor.objects.in_sight().without_prose(),
    "place": lambda: Place.objects.in_sight(),
    "theme": lambda: Theme.objects.in_sight(),
}


class ListFilter:
    """What an address asks of a list, what is found, and how many each further answer would leave.

    Within a facet one of the chosen values is enough; all facets must agree.

    data: the query. index: that of the list, where it is at hand.
    """

    MODEL: type[Any]
    HAS_YEARS = False
    SEARCH_LABEL: Any = ""
    # So many facets stand open where nothing is chosen of them.
    OPEN = 3
    # Finds entries by their addresses, where others count than those of today.
    entries_at: Any = None

    def __init__(self, data: Any, queryset: Any = None, request: Any = None, index: Any = None) -> None:
        self.data = data
        self.queryset = queryset
        self.index = index or self.gathered()
        self.groups = self.made_groups()
        self.facets = [facet for group in self.groups for facet in group.facets]
        self._asked = read_facets(self.data, self.facets, ENTRIES, self.entries_at)
        self.years, unknown = read_years(self.data) if self.HAS_YEARS else (Years(), [])
        self.search, unread = self._read_search()
        self.order, self.is_reversed, unordered = self._read_order()
        self._wrong = [*self._asked.unknown, *unknown, *unread, *unordered, *self._strangers()]
        self.data = understood(data, self._wrong)

    def gathered(self) -> ListIndex:
        """The index of the list."""
        raise NotImplementedError

    def made_groups(self) -> list[Group]:
        """Its questions."""
        raise NotImplementedError

    # --- what was asked -------------------------------------------------------------------------

    def _read_search(self) -> tuple[str, list[tuple[str, str]]]:
        unknown: list[tuple[str, str]] = []
        typed = [*values_of(self.data, SEARCH, unknown)]
        *others, last = typed or [""]
        unknown += [(SEARCH, value) for value in others]
        if len(last) > MAX_TYPED:
            unknown.append((SEARCH, last))
            last = ""
        return last, unknown

    def _read_order(self) -> tuple[str, bool, list[tuple[str, str]]]:
        """The order, whether it is turned round, and what is not understood."""
        return "", False, []

    def _strangers(self) -> Iterator[tuple[str, str]]:
        """Questions that the list does not know."""
        known = {facet.name for facet in self.facets} | {SEARCH, PAGE, *self.other_questions()}
        known |= {FIRST, LAST} if self.HAS_YEARS else set()
        for name, values in self.data.lists():
            if name not in known:
                yield from ((name, value) for value in values if value)

    def chosen(self, name: str) -> list[Any]:
        """The keys of the entries that are asked for, of the facet of that name."""
        found = [facet for facet in self.facets if facet.name == name]
        return [key for facet in found for key in facet.included if isinstance(key, UUID)]

    def other_questions(self) -> tuple[str, ...]:
        """The names of questions about how the list is shown."""
        return ()

    @property
    def not_understood(self) -> list[tuple[str, str]]:
        """What stands in the address and was passed over: the name and the value."""
        return self._wrong

    @property
    def ambiguous(self) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
        """Names that several entries have: the label, the name, and each of them.

        Of each its title, what tells it from the others, and the query that asks for it.
        """
        for facet, name, entries in self._asked.ambiguous:
            ways = [
                (str(one), distinguishing_details(one), self.instead(facet.name, name, one.slug))
                for one in entries
            ]
            yield str(facet.label), name, ways

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What is asked about how the list is shown: the form keeps it."""
        return [
            (name, value)
            for name in self.other_questions()
            for value in self.data.getlist(name)[-1:]
            if value
        ]

    @property
    def errors(self) -> bool:
        """Whether something in the form is wrong."""
        return bool(self.years.errors or any(facet.errors for facet in self.facets))

    @property
    def asks(self) -> bool:
        """Whether something is asked for that not all rows answer."""
        return bool(self.search or self.years.is_asked or any(facet.is_asked for facet in self.facets))

    # --- what is found --------------------------------------------------------------------------

    @cached_property
    def _bounds(self) -> Bits:
        """The rows within the years that hold the words."""
        return self.in_years() & self._named

    @cached_property
    def _named(self) -> Bits:
        """The rows whose names hold the words."""
        if not self.search:
            return self.index.everything
        named = self.MODEL.objects.published().filter(holds_words("names__folded", self.search))
        return self.index.bits_at(named.order_by().values_list("pk", flat=True))

    def in_years(self) -> Bits:
        """The rows within the years."""
        return self.index.everything

    @cached_property
    def _selections(self) -> list[Bits]:
        return [group.selection(self.index.everything) for group in self.groups]

    @cached_property
    def found(self) -> Bits:
        """The rows that answer everything."""
        return reduce(and_, self._selections, self._bounds)

    @property
    def number(self) -> int:
        """How many these are."""
        return self.found.bit_count()

    @property
    def keys(self) -> FoundKeys:
        """Their keys, in the order that was asked for."""
        return FoundKeys(self)

    @property
    def qs(self) -> Any:
        """Their rows; of the query set that was given, in no order."""
        rows = self.MODEL.objects.published() if self.queryset is None else self.queryset
        return rows.filter(pk__in=AnyOf(self.keys)) if self.asks else rows

    def positions(self) -> Iterator[int]:
        """Their positions in the index, in the order that was asked for."""
        return positions_among(self.found, self.index.order(NEWEST), self.index.size)

    # --- facets, and what each value would leave ------------------------------------------------

    @cached_property
    def choices(self) -> list[tuple[Facet, list[Choice]]]:
        """Each facet with the values that the form shows."""
        shown = []
        for number, group in enumerate(self.groups):
            others = [one for position, one in enumerate(self._selections) if position != number]
            among = reduce(and_, others, self._bounds)
            for facet in (one for one in group.facets if not one.is_hidden):
                counted = facet.numbers(
                    among & ~group.refused(facet, self.index.everything), self.index.everything
                )
                shown.append((facet, facet.shown(counted), counted))
        entries = self._entries([value for facet, values, _n in shown if facet.kind for value in values])
        return [
            (
                facet,
                [
                    self._choice(facet, value, counted[value], entries)
                    for value in in_order(facet, values, counted, entries)
                    if facet.words or value == NONE or value in entries
                ],
            )
            for facet, values, counted in shown
        ]

    def _choice(self, facet: Facet, value: Hashable, number: int, entries: Mapping[Any, Any]) -> Choice:
        entry = entries.get(value)
        is_excluded = value in facet.excluded
        address = entry.slug if entry is not None else str(value)
        return Choice(
            f"{NOT}{address}" if is_excluded else address,
            self._label(facet, value, entries),
            number,
            is_chosen=is_excluded or value in facet.included,
            is_excluded=is_excluded,
            entry=entry,
        )

    def _label(self, facet: Facet, value: Hashable, entries: Mapping[Any, Any]) -> Any:
        if value == NONE:
            return facet.none_label or pgettext_lazy("a value of a filter", "None recorded")
        return facet.words[str(value)] if facet.words else localized(entries[value], "title")

    def _entries(self, keys: Sequence[Any]) -> dict[Any, Any]:
        """The entries of these keys, and those that were asked for, with their titles."""
        known = self._asked.entries
        wanted = {key for key in (*keys, *self._organ_keys) if isinstance(key, UUID)} - known.keys()
        known |= {one.pk: one for one in Entry.objects.published().filter(pk__in=wanted)} if wanted else {}
        return known

    @property
    def organs(self) -> list[Any]:
        """What is part of the actors that are asked for: it is counted, too."""
        entries = self._entries([])
        return [entries[key] for key in self._organ_keys if key in entries]

    @cached_property
    def _organ_keys(self) -> list[UUID]:
        """What is part of the actors that are asked for, and has a role itself."""
        actors = [facet for facet in self.facets if facet.kind == "actor"]
        bodies = [key for facet in actors for key in facet.included if isinstance(key, UUID)]
        with_role = self.index.in_roles(())
        organs = {organ for body in bodies for organ in self.index.bodies.organs(body)}
        return [organ for organ in organs - {*bodies} if with_role.holding(organ)][:50]

    # --- addresses --------------------------------------------------------------------------------

    def without(self, *names: str) -> str:
        """The query without these questions."""
        query = self._on_first_page()
        for name in names:
            query.pop(name, None)
        return str(query.urlencode())

    def without_value(self, name: str, value: str) -> str:
        """The query without this value of the question."""
        query = self._on_first_page()
        query.setlist(name, [one for one in query.getlist(name) if one != value])
        return str(query.urlencode())

    def instead(self, name: str, value: str, other: str) -> str:
        """The query with another value in place of this one."""
        query = self._on_first_page()
        query.setlist(name, [other if one == value else one for one in query.getlist(name)])
        return str(query.urlencode())

    def _on_first_page(self) -> Any:
        query = self.data.copy()
        query.pop(PAGE, None)
        for name in [*query]:
            query.setlist(name, [value for value in query.getlist(name) if value])
        return query
