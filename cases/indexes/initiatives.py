"""The index of all initiatives."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db import models

from cases.indexes.actors import Bodies, Memberships
from cases.indexes.lists import ListIndex, Rows, in_role, newest_first
from cases.indexes.reading import Keys
from cases.models import Funding, Initiative, Partner
from cases.vocabulary import PartnerRole
from publishing.past import Point, newest_point
from publishing.remembered import Memory

# Of so many rows that a publication touches, those rows alone are read again.
MOST_RENEWED = 2_000


@dataclass(frozen=True)
class RowsOfInitiatives:
    """Initiatives and their rows, from the tables or from elsewhere.

    initiatives: key, theme, when it began. countries: initiative, place. partners: initiative, actor, role.
    paid: initiative, actor.
    """

    initiatives: Sequence[tuple[UUID, Any, Any]]
    countries: Sequence[tuple[UUID, UUID]]
    partners: Sequence[tuple[UUID, UUID, str]]
    paid: Sequence[tuple[UUID, UUID]]

    @classmethod
    def of_tables(cls, keys: Collection[UUID] | None = None) -> Self:
        """Those with these keys, as far as they are published; all where there is None."""
        published = Initiative.objects.published()
        published = published if keys is None else published.filter(pk__in=keys)
        known = Keys()

        def rows(of: models.QuerySet, *columns: str, also: tuple[str, ...] = ()) -> list[Any]:
            of = of if keys is None else of.filter(initiative__in=keys)
            return [*known.rows(of, "initiative", *columns, also=also)]

        return cls(
            initiatives=[*published.order_by().values_list("pk", "main_theme", "began_on")],
            countries=rows(Initiative.countries.through.objects.all(), "place"),
            partners=rows(Partner.objects.all(), "actor", also=("role",)),
            paid=rows(Funding.objects.filter(actor__isnull=False), "actor"),
        )


class InitiativeIndex(ListIndex):
    """All initiatives.

    A donor is a partner in that role, or whoever an amount of money came from. point: the publication after
    which it is so; None where there was none.
    """

    point: Point | None

    MADE_OF = ("initiative", "actor", "place", "theme")
    ROLES = PartnerRole.values

    def read_related(self) -> None:
        """What organs are part of, and who was a member of what."""
        self.bodies, self._memberships = Bodies.gathered(), Memberships.gathered()

    def touched_by(self, changed: Mapping[str, Collection[UUID]]) -> set[UUID]:
        """The initiatives with one of these actors, or an organ of one."""
        actors = {*changed.get("actor", ())}
        actors |= {organ for actor in actors for organ in self.bodies.organs(actor)}
        found: set[UUID] = set()
        if actors:
            for model in (Partner, Funding):
                found.update(model.objects.filter(actor__in=actors).values_list("initiative", flat=True))
        return found

    def read(self, keys: Collection[UUID] | None) -> Rows:
        """What initiatives say, by few statements."""
        self.point = newest_point(self.MADE_OF)
        return self._read_from(RowsOfInitiatives.of_tables(keys))

    def _read_from(self, rows: RowsOfInitiatives) -> Rows:
        days = {key: day.text if day else "" for key, _theme, day in rows.initiatives}
        read = Rows([*days], newest={key: newest_first(key, day) for key, day in days.items()})
        read.add("theme", ((key, theme) for key, theme, _began in rows.initiatives))
        read.add("country", rows.countries)
        donors = ((initiative, actor, str(PartnerRole.DONOR)) for initiative, actor in rows.paid)
        parts = [*rows.partners, *donors]
        read.add_roles(parts, self.ROLES, self.bodies)
        read.add("donor", read.pairs[in_role(PartnerRole.DONOR)])
        read.add("donors_in", self._memberships_of(parts, days))
        return read

    def _memberships_of(
        self, parts: list[tuple[UUID, UUID, str]], days: Mapping[UUID, str]
    ) -> Iterator[tuple[UUID, UUID]]:
        for initiative, actor, role in parts:
            if role == PartnerRole.DONOR:
                for organisation in self._memberships.of(actor, days.get(initiative, "")):
                    yield initiative, organisation


INITIATIVE_INDEX: Memory[InitiativeIndex] = Memory(
    InitiativeIndex, InitiativeIndex.MADE_OF, lambda index, changed: index.renewed(changed, MOST_RENEWED)
)
