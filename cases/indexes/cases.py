"""The index of all cases."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from cases.durations import Duration, duration_of
from cases.indexes.lists import LAST, ListIndex, Rows, grouped, in_role, newest_first, oldest_first
from cases.indexes.rows import MADE_OF, RelatedRows, RowsOfCases
from cases.models import Case, Mechanism, Participation
from cases.monitoring import Monitor, MonitoredBy, MonitoredCase
from cases.postings import Bits
from cases.regions import REGION_OF
from cases.vocabulary import CeasefireClass, Outcome, PartyRole, Review
from publishing.languages import active_language, column_in
from publishing.past import Point, newest_point
from publishing.remembered import Memory

COMMITTED = frozenset({PartyRole.SIGNATORY, PartyRole.DECLARING_PARTY})
# Later than all years.
NEVER = 10_000
# Days are counted in halves, of which no ceasefire was kept so many.
MOST_HALF_DAYS = 9_999_999
# The orders in which names stand, which each language has its own.
BY_NAMES = frozenset({"title", "mediator"})
# Of so many rows that a publication touches, those rows alone are read again.
MOST_RENEWED = 2_000
Part = tuple[UUID, UUID, str]


class CaseIndex(ListIndex):
    """All cases.

    point: the publication after which it is so; None where there was none.
    """

    MADE_OF = MADE_OF
    ROLES = PartyRole.values
    point: Point | None

    @property
    def holds_coded(self) -> bool:
        """Whether datasets coded some of the cases."""
        return bool(self.postings["review"].holding(Review.CODED))

    def read_related(self) -> None:
        """What organs are part of, who was a member of what, the kinds and homes of actors, and countries."""
        self._take_related(RelatedRows.of_tables())

    def _take_related(self, related: RelatedRows) -> None:
        self._related, self.bodies = related, related.bodies

    def touched_by(self, changed: Mapping[str, Collection[UUID]]) -> set[UUID]:
        """The cases with one of these actors, or an organ of one; and those in one of these places."""
        actors = {*changed.get("actor", ())}
        actors |= {organ for actor in actors for organ in self.bodies.organs(actor)}
        found: set[UUID] = set()
        if actors:
            for model in (Participation, Mechanism):
                found.update(model.objects.filter(actor__in=actors).values_list("case", flat=True))
        if places := changed.get("place"):
            found.update(
                Case.countries.through.objects.filter(place__in=places).values_list("case", flat=True)
            )
        return found

    def read(self, keys: Collection[UUID] | None) -> Rows:
        """What cases say, by few statements."""
        self.point = newest_point(MADE_OF)
        return self._read_from(RowsOfCases.of_tables(keys))

    def _read_from(self, rows: RowsOfCases) -> Rows:
        cases, parts = rows.cases, rows.parts
        days = {case.pk: case.declared_on.text if case.declared_on else "" for case in cases}
        read = Rows([*days], newest={key: newest_first(key, day) for key, day in days.items()})
        read.add("ceasefire_class", ((case.pk, case.ceasefire_class) for case in cases))
        read.add("outcome", ((case.pk, case.outcome) for case in cases))
        read.add("review", ((case.pk, case.review) for case in cases))
        every_span = ((case.pk, _years(case)) for case in cases)
        spans = {key: span for key, span in every_span if span is not None}
        read.add("begun in", ((key, first) for key, (first, _last) in spans.items()))
        read.add("counted until", ((key, last) for key, (_first, last) in spans.items()))
        half_days = ((case.pk, _half_days(case)) for case in cases)
        read.add("half days", ((key, half) for key, half in half_days if half is not None))
        read.add("country", rows.countries)
        codes = self._related.codes
        regions = ((case, REGION_OF.get(codes.get(place, ""))) for case, place in rows.countries)
        read.add("region", ((case, region) for case, region in regions if region is not None))
        read.add_roles(parts, self.ROLES, self.bodies)
        read.add("mediator", read.pairs[in_role(PartyRole.MEDIATOR)])
        read.add("theme", rows.themes)
        read.add("parties_in", self._memberships_of(parts, COMMITTED, days))
        read.add("mediators_in", self._memberships_of(parts, {PartyRole.MEDIATOR}, days))
        read.add("monitoring", self._monitors(rows))
        return read

    def _memberships_of(
        self, parts: Sequence[Part], roles: Collection[str], days: Mapping[UUID, str]
    ) -> Iterator[tuple[UUID, UUID]]:
        for case, actor, role in parts:
            if role in roles:
                for organisation in self._related.memberships.of(actor, days.get(case, "")):
                    yield case, organisation

    def _monitors(self, rows: RowsOfCases) -> Iterator[tuple[UUID, MonitoredBy]]:
        """Who monitors each case."""
        monitors = grouped(
            [
                *((case, Monitor(actor, kind, status)) for case, actor, kind, status in rows.mechanisms),
                *((case, Monitor(actor)) for case, actor, role in rows.parts if role == PartyRole.MONITOR),
            ]
        )
        parties = grouped((case, actor) for case, actor, role in rows.parts if role in COMMITTED)
        countries = grouped(rows.countries)
        for case, several in monitors.items():
            of_case = frozenset(parties.get(case, ())), frozenset(countries.get(case, ()))
            for monitor in MonitoredCase(*of_case, self._related.types, self._related.homes).by(several):
                yield case, monitor

    def monitored_by(self, key: UUID) -> list[Any]:
        """Who monitors the case, in the order of `MonitoredBy`."""
        position = self.positions.get(key)
        return (
            []
            if position is None
            else sorted(self.postings["monitoring"].held_by(position), key=[*MonitoredBy].index)
        )

    # --- years ---------------------------------------------------------------------------------

    def in_years(self, first: int | None, last: int | None) -> Bits:
        """The cases whose time from declaration to end overlaps the years from first to last.

        A partial date covers its whole year or month. A case that holds has no end; a case whose end is
        unknown counts for its first year only.
        """
        found = self.postings["begun in"].recorded
        if last is not None:
            found &= self._where("begun in", lambda year: year <= last)
        if first is not None:
            found &= self._where("counted until", lambda year: year >= first)
        return found

    def _where(self, name: str, is_so: Callable[[Any], bool]) -> Bits:
        found, postings = 0, self.postings[name]
        for value in [*postings.every_value()]:
            if is_so(value):
                found |= postings.holding(value)
        return found

    # --- orders --------------------------------------------------------------------------------

    def order(self, name: str) -> Sequence[int]:
        """The positions by title, mediator, date of declaration, duration, class, outcome or monitors."""
        return super().order(f"{name} {active_language()}" if name in BY_NAMES else name)

    def unknown(self, name: str) -> Bits:
        """The cases of which nothing is known that says their position in the order of that name."""
        posting = {"lasted": "half days", "watched": "monitoring", "mediator": "mediator"}.get(name)
        return self.everything & ~self.postings[posting].recorded if posting else 0

    def read_order(self, name: str, keys: Collection[UUID] | None) -> Mapping[UUID, bytes]:
        """From names and dates as they are stored, and from what the index knows itself."""
        order, _space, language = name.partition(" ")
        if order in BY_NAMES:
            return self._read_names(order, column_in(language, "sort_key"), keys)
        positions = self.positions if keys is None else {key: self.positions[key] for key in keys}
        if order == "signed":
            of = Case.objects.published()
            days = (of if keys is None else of.filter(pk__in=keys)).values_list("pk", "declared_on")
            return {key: oldest_first(key, day.text if day else "") for key, day in days}
        rank = self._rank_of(order)
        return {key: rank(position) + self.newest_of(position) for key, position in positions.items()}

    def _rank_of(self, order: str) -> Callable[[int], bytes]:
        if order == "lasted":
            kept = self.postings["half days"]
            return lambda position: (
                b"%08d" % (MOST_HALF_DAYS - next((int(str(days)) for days in kept.held_by(position)), -1))
            )
        name, values = {
            "class": ("ceasefire_class", CeasefireClass.values),
            "outcome": ("outcome", Outcome.values),
            "watched": ("monitoring", MonitoredBy.values),
        }[order]
        held, ranks = self.postings[name], {value: rank for rank, value in enumerate(values)}
        # By the first of the values that each holds; what holds none comes last.
        return lambda position: bytes(
            [min((ranks[str(one)] for one in held.held_by(position)), default=len(ranks))]
        )

    def _read_names(self, order: str, column: str, keys: Collection[UUID] | None) -> dict[UUID, bytes]:
        if order == "title":
            named: Any = Case.objects.published()
            named = (named if keys is None else named.filter(pk__in=keys)).order_by()
            return {
                key: bytes(name or b"") + b"\0" + key.bytes
                for key, name in named.values_list("pk", f"names__{column}")
            }
        parts = Participation.objects.filter(role=PartyRole.MEDIATOR).order_by("case", "position", "pk")
        parts = parts if keys is None else parts.filter(case__in=keys)
        wanted = [*self.positions] if keys is None else [key for key in keys if key in self.positions]
        first: dict[UUID, bytes] = {}
        for key, name in parts.values_list("case", f"actor__names__{column}"):
            first.setdefault(key, bytes(name or b"") + b"\0")
        # Those without a mediator come last, among themselves in the same order in every process.
        return {key: first.get(key, LAST) + self.newest_of(self.positions[key]) for key in wanted}


def _years(case: Case) -> tuple[int, int] | None:
    """The years from the first to the last in which a case counts."""
    began = case.declared_on or case.in_force_on or case.ended_on
    if began is None:
        return None
    first = began.parts[0]
    if case.ended_on is not None:
        return first, case.ended_on.parts[0]
    return first, NEVER if case.is_holding else first


def _half_days(case: Case) -> int | None:
    """How many half days it was kept, where that is known."""
    lasted = duration_of(case)
    return round(2 * lasted.days) if isinstance(lasted, Duration) else None


class IndexOfSome(CaseIndex):
    """Some cases alone, as the tables have them while they are read: the few of an old page."""

    def __init__(self, keys: Collection[UUID]) -> None:
        self._some = keys
        super().__init__()

    def read(self, keys: Collection[UUID] | None) -> Rows:
        """These."""
        return self._read_from(RowsOfCases.of_tables(self._some))


CASE_INDEX: Memory[CaseIndex] = Memory(
    CaseIndex, CaseIndex.MADE_OF, lambda index, changed: index.renewed(changed, MOST_RENEWED)
)
