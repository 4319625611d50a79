"""The index of all initiatives."""

from collections.abc import Iterator
from uuid import UUID

from cases.indexes.actors import Bodies, Memberships
from cases.indexes.lists import ListIndex
from cases.models import Funding, Initiative, Partner
from cases.vocabulary import PartnerRole
from publishing.remembered import Memory

MADE_OF = ("initiative", "actor", "place", "theme")


class InitiativeIndex(ListIndex):
    """All initiatives, by the date of the beginning; those without one come last.

    A donor is a partner in that role, or whoever an amount of money came from.
    """

    def __init__(self) -> None:
        rows = Initiative.objects.published().newest_first()
        initiatives = [*rows.values_list("pk", "main_theme", "began_on")]
        super().__init__([key for key, _theme, _began in initiatives], Bodies.gathered())
        self.add("theme", ((key, theme) for key, theme, _began in initiatives))
        self.add("country", Initiative.countries.through.objects.values_list("initiative", "place"))
        paid = Funding.objects.filter(actor__isnull=False).values_list("initiative", "actor")
        parts = [
            *Partner.objects.values_list("initiative", "actor", "role"),
            *((initiative, actor, str(PartnerRole.DONOR)) for initiative, actor in paid),
        ]
        self.add_roles(parts, PartnerRole.values)
        self.postings["donor"] = self.roles[PartnerRole.DONOR]
        memberships = Memberships.gathered()
        began = {key: day.text for key, _theme, day in initiatives if day}

        def organisations() -> Iterator[tuple[UUID, UUID]]:
            for initiative, actor, role in parts:
                if role == PartnerRole.DONOR:
                    for organisation in memberships.of(actor, began.get(initiative, "")):
                        yield initiative, organisation

        self.add("donors_in", organisations())


INITIATIVE_INDEX: Memory[InitiativeIndex] = Memory(InitiativeIndex, MADE_OF)
