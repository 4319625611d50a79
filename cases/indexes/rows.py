"""What the index of cases is made of, from the tables or from elsewhere."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db import models

from cases.indexes.actors import Bodies, Memberships
from cases.indexes.reading import CHUNK, Keys
from cases.models import Actor, Case, Mechanism, Participation, Place

OF_A_ROW = (
    *("ceasefire_class", "declared_on", "in_force_on", "ended_on"),
    *("outcome", "outcome_as_of", "review"),
)
MADE_OF = ("case", "actor", "place", "theme")


@dataclass(frozen=True)
class RelatedRows:
    """What other entries say that is asked of cases.

    bodies: what organs are part of. memberships: who was a member of what. codes: of places, by ISO. types,
    homes: of actors.
    """

    bodies: Bodies
    memberships: Memberships
    codes: Mapping[UUID, str]
    types: Mapping[UUID, str]
    homes: Mapping[UUID, UUID]

    @classmethod
    def of_tables(cls) -> Self:
        """All that is published."""
        known = [*Actor.objects.published().values_list("pk", "actor_type", "home")]
        return cls(
            bodies=Bodies.gathered(),
            memberships=Memberships.gathered(),
            codes=dict(Place.objects.exclude(iso_code="").values_list("pk", "iso_code")),
            types={actor: kind for actor, kind, _home in known},
            homes={actor: home for actor, _kind, home in known if home},
        )


@dataclass(frozen=True)
class RowsOfCases:
    """Cases, with at least the columns of OF_A_ROW, and their rows.

    parts: case, actor, role. mechanisms: case, actor, type, status. countries, themes: case, entry.
    """

    cases: Sequence[Case]
    parts: Sequence[tuple[UUID, UUID, str]]
    mechanisms: Sequence[tuple[UUID, UUID | None, str, str]]
    countries: Sequence[tuple[UUID, UUID]]
    themes: Sequence[tuple[UUID, UUID]]

    @classmethod
    def of_tables(cls, keys: Collection[UUID] | None = None) -> Self:
        """Those with these keys, as far as they are published; all where there is None. By few statements."""
        published = Case.objects.published().only(*OF_A_ROW)
        cases = [*(published if keys is None else published.filter(pk__in=keys)).iterator(CHUNK)]
        own = {case.pk: case.pk for case in cases}
        known = Keys({key.hex: key for key in own} | {str(key): key for key in own})

        def rows(of: models.QuerySet, *columns: str, also: tuple[str, ...] = ()) -> list[Any]:
            of = of if keys is None else of.filter(case__in=keys)
            return [*known.rows(of, "case", *columns, also=also)]

        return cls(
            cases=cases,
            parts=rows(Participation.objects.all(), "actor", also=("role",)),
            mechanisms=rows(Mechanism.objects.all(), also=("actor", "mechanism_type", "status")),
            countries=rows(Case.countries.through.objects.all(), "place"),
            themes=rows(Case.themes.through.objects.all(), "theme"),
        )
