"""The index of all initiatives."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import models

from cases.indexes.actors import Bodies, Memberships
from cases.indexes.lists import ListIndex, Rows, in_role, newest_first
from cases.indexes.reading import Keys
from cases.models import Funding, Initiative, Partner
from cases.vocabulary import PartnerRole
from publishing.remembered import Memory

# Of so many rows that a publication touches, those rows alone are read anew.
MOST_RENEWED = 2_000


class InitiativeIndex(ListIndex):
    """All initiatives.

    A donor is a partner in that role, or whoever an amount of money came from.
    """

    MADE_OF = ("initiative", "actor", "place", "theme")
    ROLES = PartnerRole.values

    def look_around(self) -> None:
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
        published = Initiative.objects.published()
        published = published if keys is None else published.filter(pk__in=keys)
        initiatives = [*published.order_by().values_list("pk", "main_theme", "began_on")]
        known = Keys()

        def rows(of: models.QuerySet, *columns: str, also: tuple[str, ...] = ()) -> list[Any]:
            of = of if keys is None else of.filter(initiative__in=keys)
            return [*known.rows(of, "initiative", *columns, also=also)]

        days = {key: day.text if day else "" for key, _theme, day in initiatives}
        read = Rows([*days], newest={key: newest_first(key, day) for key, day in days.items()})
        read.add("theme", ((key, theme) for key, theme, _began in initiatives))
        read.add("country", rows(Initiative.countries.through.objects.all(), "place"))
        paid = rows(Funding.objects.filter(actor__isnull=False), "actor")
        parts = [
            *rows(Partner.objects.all(), "actor", also=("role",)),
            *((initiative, actor, str(PartnerRole.DONOR)) for initiative, actor in paid),
        ]
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
