"""What the index of cases is made of, from the tables or from elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from cases.indexes.actors import Bodies, Memberships
from cases.models import Actor, Case, Mechanism, Participation, Place
from publishing.past import Stand, newest_stand

OF_A_ROW = (
    *("ceasefire_class", "declared_on", "in_force_on", "ended_on"),
    *("outcome", "outcome_as_of"),
)
MADE_OF = ("case", "actor", "place", "theme")


@dataclass(frozen=True)
class RowsOfCases:
    """Cases, the newest first, with at least the columns of OF_A_ROW; and what stands beside them.

    parts: case, actor, role. mechanisms: case, actor, type, status. countries, themes: case, entry. codes:
    of places, by ISO. actors: actor, type, place where it is at home. stand: the publication after which all
    of it is so; None where there was none.
    """

    cases: Sequence[Case]
    parts: Sequence[tuple[UUID, UUID, str]]
    mechanisms: Sequence[tuple[UUID, UUID | None, str, str]]
    countries: Sequence[tuple[UUID, UUID]]
    themes: Sequence[tuple[UUID, UUID]]
    codes: Mapping[UUID, str]
    actors: Sequence[tuple[UUID, str, Any]]
    bodies: Bodies
    memberships: Memberships
    stand: Stand | None

    @classmethod
    def of_tables(cls) -> Self:
        """All that is published."""
        return cls(
            cases=[*Case.objects.published().newest_first().only(*OF_A_ROW)],
            parts=[*Participation.objects.values_list("case", "actor", "role")],
            mechanisms=[*Mechanism.objects.values_list("case", "actor", "mechanism_type", "status")],
            countries=[*Case.countries.through.objects.values_list("case", "place")],
            themes=[*Case.themes.through.objects.values_list("case", "theme")],
            codes=dict(Place.objects.exclude(iso_code="").values_list("pk", "iso_code")),
            actors=[*Actor.objects.published().values_list("pk", "actor_type", "home")],
            bodies=Bodies.gathered(),
            memberships=Memberships.gathered(),
            stand=newest_stand(MADE_OF),
        )
