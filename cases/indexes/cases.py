"""The index of all cases."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from cases.durations import Duration, duration_of
from cases.indexes.actors import Bodies, Memberships
from cases.indexes.lists import ListIndex, grouped
from cases.models import Actor, Case, Mechanism, Participation, Place
from cases.postings import Bits, bits_of, places_of
from cases.regions import REGION_OF
from cases.vocabulary import CeasefireClass, Outcome, PartyRole, Review
from cases.watching import Watch, Watched, Watcher
from publishing.languages import active_language
from publishing.remembered import Memory

COMMITTED = frozenset({PartyRole.SIGNATORY, PartyRole.DECLARING_PARTY})
# Later than all years.
NEVER = 10_000
OF_A_ROW = (
    *("ceasefire_class", "declared_on", "in_force_on", "ended_on"),
    *("outcome", "outcome_as_of", "review"),
)
MADE_OF = ("case", "actor", "place", "theme")


class CaseIndex(ListIndex):
    """All cases, by the date of declaration; those without one come last."""

    def __init__(self) -> None:
        cases = [*Case.objects.published().newest_first().only(*OF_A_ROW)]
        super().__init__([case.pk for case in cases], Bodies.gathered())
        self.add("ceasefire_class", ((case.pk, case.ceasefire_class) for case in cases))
        self.add("outcome", ((case.pk, case.outcome) for case in cases))
        self.add("review", ((case.pk, case.review) for case in cases))
        self._add_years(cases)
        self._lasted = array("f", map(_days, cases))
        self._add_places()
        parts = [*Participation.objects.values_list("case", "actor", "role")]
        self.add_roles(parts, PartyRole.values)
        self.postings["mediator"] = self.roles[PartyRole.MEDIATOR]
        self.add("theme", Case.themes.through.objects.values_list("case", "theme"))
        self._add_memberships(cases, parts)
        self.add("monitoring", self._watches(parts))

    @property
    def holds_coded(self) -> bool:
        """Whether datasets coded some of the cases."""
        return bool(self.postings["review"].holding(Review.CODED))

    def _add_places(self) -> None:
        codes = dict(Place.objects.exclude(iso_code="").values_list("pk", "iso_code"))
        self._countries = [*Case.countries.through.objects.values_list("case", "place")]
        self.add("country", self._countries)
        regions = ((case, REGION_OF.get(codes.get(place, ""))) for case, place in self._countries)
        self.add("region", ((case, region) for case, region in regions if region is not None))

    def _add_memberships(self, cases: Sequence[Case], parts: Sequence[tuple[UUID, UUID, str]]) -> None:
        memberships = Memberships.gathered()
        days = {case.pk: case.declared_on.text for case in cases if case.declared_on}

        def of(roles: Iterable[str]) -> Iterator[tuple[UUID, UUID]]:
            for case, actor, role in parts:
                if role in roles:
                    for organisation in memberships.of(actor, days.get(case, "")):
                        yield case, organisation

        self.add("parties_in", of(COMMITTED))
        self.add("mediators_in", of({PartyRole.MEDIATOR}))

    def _watches(self, parts: Sequence[tuple[UUID, UUID, str]]) -> Iterator[tuple[UUID, Watch]]:
        """Who watches over each case."""
        mechanisms = Mechanism.objects.values_list("case", "actor", "mechanism_type", "status")
        watchers = grouped(
            [
                *((case, Watcher(actor, kind, status)) for case, actor, kind, status in mechanisms),
                *((case, Watcher(actor)) for case, actor, role in parts if role == PartyRole.MONITOR),
            ]
        )
        parties = grouped((case, actor) for case, actor, role in parts if role in COMMITTED)
        countries = grouped(self._countries)
        del self._countries
        known = [*Actor.objects.published().values_list("pk", "actor_type", "home")]
        types = {actor: kind for actor, kind, _home in known}
        homes = {actor: home for actor, _kind, home in known if home}
        for case, several in watchers.items():
            watched = Watched(
                frozenset(parties.get(case, ())), frozenset(countries.get(case, ())), types, homes
            )
            for watch in watched.by(several):
                yield case, watch

    def watch_at(self, key: UUID) -> list[Any]:
        """Who watches over the case, in the order of `Watch`."""
        place = self.places.get(key)
        return [] if place is None else sorted(self.postings["monitoring"].held_by(place), key=[*Watch].index)

    # --- years ---------------------------------------------------------------------------------

    def _add_years(self, cases: Sequence[Case]) -> None:
        spans = [_years(case) for case in cases]
        self.dated = bits_of((place for place, span in enumerate(spans) if span), self.size)
        self._begin = self._until_each_year((place, span[0]) for place, span in enumerate(spans) if span)
        self._end = self._until_each_year((place, span[1]) for place, span in enumerate(spans) if span)

    def _until_each_year(self, years: Iterable[tuple[int, int]]) -> list[tuple[int, Bits]]:
        by_year = grouped((year, place) for place, year in years)
        found, until = 0, []
        for year in sorted(by_year):
            found |= bits_of(by_year[year], self.size)
            until.append((year, found))
        return until

    def in_years(self, first: int | None, last: int | None) -> Bits:
        """The cases whose time from declaration to end overlaps the years from first to last.

        A partial date covers its whole year or month. A case that holds has no end; a case whose end is
        unknown counts for its first year only.
        """
        found = self.dated
        if last is not None:
            found &= _until(self._begin, last)
        if first is not None:
            found &= ~_until(self._end, first - 1)
        return found

    # --- orders --------------------------------------------------------------------------------

    def order(self, name: str) -> Sequence[int]:
        """The places by title, date of declaration (the oldest first), duration, class, outcome or watch."""
        if name == "title":
            return self.in_order(f"title_{active_language()}", self._by_title)
        return self.in_order(name, getattr(self, f"_by_{name}"))

    def unknown(self, name: str) -> Bits:
        """The cases of which nothing is known that says their place in the order of that name."""
        if name == "lasted":
            return bits_of((place for place, days in enumerate(self._lasted) if days < 0), self.size)
        return self.everything & ~self.postings["monitoring"].recorded if name == "watched" else 0

    def _by_title(self) -> Iterator[int]:
        return self.places_of_keys(Case.objects.published().along_titles("case").values_list("pk", flat=True))

    def _by_signed(self) -> list[int]:
        declared = Case.objects.published().oldest_first().values_list("pk", flat=True)
        return [*self.places_of_keys(declared)]

    def _by_lasted(self) -> list[int]:
        lasted = self._lasted
        return sorted(range(self.size), key=lambda place: (lasted[place] < 0, -lasted[place]))

    def _by_class(self) -> Iterator[int]:
        return self._by_values("ceasefire_class", CeasefireClass.values)

    def _by_outcome(self) -> Iterator[int]:
        return self._by_values("outcome", Outcome.values)

    def _by_watched(self) -> Iterator[int]:
        return self._by_values("monitoring", Watch.values)

    def _by_values(self, name: str, values: Iterable[str]) -> Iterator[int]:
        """By the first of these values that each holds; what holds none comes last."""
        left = self.everything
        for value in values:
            yield from places_of(self.postings[name].holding(value) & left)
            left &= ~self.postings[name].holding(value)
        yield from places_of(left)


def _years(case: Case) -> tuple[int, int] | None:
    """The years from the first to the last in which a case counts."""
    began = case.declared_on or case.in_force_on or case.ended_on
    if began is None:
        return None
    first = began.parts[0]
    if case.ended_on is not None:
        return first, case.ended_on.parts[0]
    return first, NEVER if case.is_holding else first


def _until(years: Sequence[tuple[int, Bits]], year: int) -> Bits:
    return next((bits for one, bits in reversed(years) if one <= year), 0)


def _days(case: Case) -> float:
    """How many days it was kept; less than none where that is not known."""
    lasted = duration_of(case)
    return lasted.days if isinstance(lasted, Duration) else -1


CASE_INDEX: Memory[CaseIndex] = Memory(CaseIndex, MADE_OF)
