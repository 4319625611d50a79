"""Filters of the list of cases."""

from collections import Counter
from collections.abc import Hashable, Iterator
from functools import reduce
from itertools import chain
from operator import and_
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.filters.described import DescribedFilter
from cases.filters.facets import Facet, Group, RoleOfActor
from cases.filters.keys import AnyOf
from cases.indexes import CASE_INDEX, CaseIndex
from cases.models import Case
from cases.monitoring import MonitoredBy
from cases.postings import Bits, positions_among
from cases.regions import Region
from cases.vocabulary import CeasefireClass, Outcome, PartyRole, Review

ORDER, SORT, AS = "order", "sort", "as"
SIGNED = "signed"
SORTS = (SIGNED, "title", "lasted", "class", "mediator", "watched", "outcome")
# What addresses of earlier years say, in the words of today.
EARLIER_ORDERS = {"oldest": SIGNED, "title": "title"}


class RolesBesideActors:
    """The roles as values: of the actors that were chosen, or of any."""

    def __init__(self, index: CaseIndex, actors: Facet) -> None:
        self._index, self._actors = index, actors

    @property
    def recorded(self) -> Bits:
        """The rows where one of them has some role."""
        found = 0
        for role in self._index.roles:
            found |= self.holding(role)
        return found

    def holding(self, value: Hashable) -> Bits:
        """The rows where one of them has this role."""
        with_role = self._index.roles[str(value)]
        if not self._actors.included:
            return with_role.recorded
        return Facet("", "", lambda: with_role).rows_with(self._actors.included, self._index.everything)

    def counted(self, among: Bits) -> Counter[Hashable]:
        """How many rows there are with each role."""
        return Counter({role: (self.holding(role) & among).bit_count() for role in self._index.roles})


class CaseFilter(DescribedFilter):
    """Cases by outcome, country, region, actor and role, mediator, class, monitoring, theme and years."""

    MODEL = Case
    HAS_YEARS = True
    SEARCH_LABEL = _("Words in names of cases")
    CLAUSES = {
        "outcome": (_("with the outcome: %(values)s"), _("with another outcome than: %(values)s")),
        "mediator": (_("mediated by: %(values)s"), _("not mediated by: %(values)s")),
        "monitoring": (_("monitored by: %(values)s"), _("not monitored by: %(values)s")),
        "country": (_("in: %(values)s"), _("not in: %(values)s")),
        "region": (_("in the region: %(values)s"), _("not in the region: %(values)s")),
        "ceasefire_class": (_("of the class: %(values)s"), _("of another class than: %(values)s")),
        "actor": (_("with: %(values)s"), _("without: %(values)s")),
        "role": (_("in the role: %(values)s"), _("not in the role: %(values)s")),
        "theme": (_("on the theme: %(values)s"), _("not on the theme: %(values)s")),
        "review": (_("of this kind: %(values)s"), _("not of this kind: %(values)s")),
        "parties_in": (
            _("with a party that was then a member of: %(values)s"),
            _("with no party that was then a member of: %(values)s"),
        ),
        "mediators_in": (
            _("with a mediator that was then a member of: %(values)s"),
            _("with no mediator that was then a member of: %(values)s"),
        ),
    }
    WITHOUT = {
        "mediator": _("with no mediator recorded"),
        "monitoring": _("with nobody recorded as a monitor"),
        "country": _("with no country recorded"),
        "region": _("with no region known"),
        "actor": _("with nobody recorded in that role"),
        "theme": _("on no theme"),
        "parties_in": _("with no party whose membership is recorded"),
        "mediators_in": _("with no mediator whose membership is recorded"),
    }
    index: CaseIndex

    def gathered(self) -> CaseIndex:
        """The index of all cases."""
        return CASE_INDEX.recall()

    def made_groups(self) -> list[Group]:
        """Its questions, in the order of the form."""
        of = self.index.postings
        role = self._of_words("role", _("Role"), PartyRole, has_none=False)
        actor = Facet(
            "actor", _("Actor"), lambda: self.index.in_roles([*map(str, role.included)]), kind="actor"
        )
        anybody = Facet("", "", lambda: self.index.in_roles(()))
        role.of = lambda: RolesBesideActors(self.index, actor)
        role.in_use = lambda: RolesBesideActors(self.index, anybody)
        nobody = pgettext_lazy("a value of a filter", "Nobody recorded")
        alone = [
            self._of_words("outcome", _("Outcome"), Outcome, has_none=False),
            Facet("mediator", _("Mediator"), lambda: of["mediator"], kind="actor", none_label=nobody),
            self._of_words("monitoring", _("Monitored by"), MonitoredBy, none_label=nobody),
            Facet("country", _("Country"), lambda: of["country"], kind="place"),
            self._of_words("region", _("Region"), Region),
            self._of_words("ceasefire_class", _("Class"), CeasefireClass, has_none=False),
            Facet("theme", _("Theme"), lambda: of["theme"], kind="theme"),
            Facet("parties_in", _("A party is a member of"), lambda: of["parties_in"], kind="actor"),
            Facet("mediators_in", _("A mediator is a member of"), lambda: of["mediators_in"], kind="actor"),
        ]
        groups = [Group([facet]) for facet in alone]
        return [*groups[:6], RoleOfActor([actor, role]), *groups[6:], Group([self._review()])]

    def _review(self) -> Facet:
        """Reviewed cases are meant where nobody asks for those that datasets coded."""
        facet = self._of_words("review", _("Review"), Review, has_none=False)
        facet.by_default, facet.is_hidden = Review.REVIEWED.value, not self.index.holds_coded
        return facet

    @property
    def qs(self) -> Any:
        """The rows of what is found; where nothing is asked for, still not those that datasets coded."""
        rows = super().qs
        return rows.filter(pk__in=AnyOf(self.keys)) if self.index.holds_coded and not self.asks else rows

    @property
    def left_out(self) -> int:
        """How many cases that datasets coded would answer too, if they were asked for."""
        facet = next(one for one in self.facets if one.name == "review")
        if facet.is_asked or facet.is_hidden:
            return 0
        answer = reduce(and_, self._selections[:-1], self._bounds)
        return (answer & facet.of().holding(Review.CODED)).bit_count()

    @property
    def with_left_out(self) -> str:
        """The query that asks for them, too."""
        query = self._on_first_page()
        query.setlist("review", [Review.REVIEWED.value, Review.CODED.value])
        return str(query.urlencode())

    def _of_words(self, name: str, label: Any, words: Any, **options: Any) -> Facet:
        """A question whose values are the words of a vocabulary."""
        return Facet(name, label, lambda: self.index.postings[name], dict(words.choices), **options)

    def in_years(self) -> Bits:
        """The cases whose time from declaration to end overlaps the years."""
        if not self.years.is_asked:
            return self.index.everything
        return self.index.in_years(self.years.first, self.years.last)

    # --- how the list is shown -------------------------------------------------------------------

    def other_questions(self) -> tuple[str, ...]:
        """The order, and whether as a table or as cards."""
        return (ORDER, SORT, AS)

    def _read_order(self) -> tuple[str, bool, list[tuple[str, str]]]:
        """The newest first by default."""
        wrong, order, is_reversed = [], SIGNED, True
        for name in (ORDER, SORT):
            *others, last = [value for value in self.data.getlist(name) if value] or [""]
            wrong += [(name, value) for value in others]
            known = EARLIER_ORDERS.get(last, "") if name == ORDER else last.removeprefix("-")
            if known in SORTS:
                order, is_reversed = known, last.startswith("-")
            elif last:
                wrong.append((name, last))
        *others, shown = [value for value in self.data.getlist(AS) if value] or ["table"]
        wrong += [(AS, value) for value in (*others, shown) if value not in ("table", "cards")]
        self.as_cards = shown == "cards"
        return order, is_reversed, wrong

    def positions(self) -> Iterator[int]:
        """The positions of what is found, in the order that was asked for."""
        if self.order == SIGNED and self.is_reversed:
            return super().positions()
        order, size = self.index.order(self.order), self.index.size
        if not self.is_reversed:
            return positions_among(self.found, order, size)
        # What is not known comes last either way round.
        unknown = self.index.unknown(self.order)
        known = positions_among(self.found & ~unknown, reversed(order), size)
        return chain(known, positions_among(self.found & unknown, order, size))
