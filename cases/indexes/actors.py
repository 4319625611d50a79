"""Actors as the indexes need them: what is part of what, and who was a member of which organisation when."""

from collections.abc import Sequence
from typing import Any, Self
from uuid import UUID

from cases.models import Actor, Membership

Member = tuple[UUID, str, str]


class Bodies:
    """Which body each organ is part of."""

    def __init__(self, parts: dict[UUID, UUID]) -> None:
        self._part_of = parts
        self._above: dict[UUID, tuple[UUID, ...]] = {}

    @classmethod
    def gathered(cls) -> Self:
        """Of all published actors."""
        organs = Actor.objects.published().filter(part_of__isnull=False).values_list("pk", "part_of")
        return cls({organ: body for organ, body in organs if body})

    def above(self, actor: UUID) -> tuple[UUID, ...]:
        """The actor, the body that it is part of, the body of that, and on."""
        if actor not in self._part_of:
            return (actor,)
        if actor not in self._above:
            found = {actor: None}
            nearest: UUID | None = self._part_of[actor]
            while nearest is not None and nearest not in found:
                found[nearest] = None
                nearest = self._part_of.get(nearest)
            self._above[actor] = (*found,)
        return self._above[actor]

    def organs(self, body: UUID) -> list[UUID]:
        """All that is part of the body, however far below."""
        return [organ for organ in self._part_of if organ != body and body in self.above(organ)]


class Memberships:
    """The organisations that each actor was a member of, and from when until when, as far as is recorded."""

    def __init__(self, rows: Sequence[tuple[UUID, UUID, Any, Any]]) -> None:
        self._by_member: dict[UUID, list[Member]] = {}
        for member, organisation, since, until in rows:
            self._by_member.setdefault(member, []).append(
                (organisation, since.text if since else "", until.text if until else "")
            )

    @classmethod
    def gathered(cls) -> Self:
        """Of all actors."""
        return cls([*Membership.objects.values_list("actor", "organisation", "since_on", "until_on")])

    def of(self, actor: UUID, day: str) -> list[UUID]:
        """The organisations that the actor was a member of on the day; on any, where the day is "".

        The day may be a month or a year. What begins or ends within it counts.
        """
        return [
            organisation
            for organisation, since, until in self._by_member.get(actor, ())
            if not day or (_begins(since, day) and _goes_on(until, day))
        ]


def _begins(since: str, day: str) -> bool:
    length = min(len(since), len(day))
    return since[:length] <= day[:length]


def _goes_on(until: str, day: str) -> bool:
    length = min(len(until), len(day))
    return not until or day[:length] <= until[:length]
