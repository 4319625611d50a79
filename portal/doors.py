"""What stands on the doors of the front page: where, by whom, with which outcome; each a list of cases."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from cases.models import Case
from cases.roles import busiest_in
from cases.vocabulary import Outcome, PartyRole, Review
from publishing.languages import active_language
from publishing.models import Entry
from publishing.remembered import Memory
from search.ordering import sort_key

# So many countries stand on their door at once, and so many when it is opened.
COUNTRIES, MORE_COUNTRIES = 14, 50
MEDIATORS = 10
COUNTED_KINDS = ("initiative", "source")


@dataclass(frozen=True)
class Counted:
    """What was counted over whole tables: in how many cases each country, mediator and outcome is.

    Of countries and mediators those that may stand on a door, with most cases first.
    """

    countries: dict[UUID, int]
    mediators: dict[UUID, int]
    outcomes: dict[str, int]


@dataclass(frozen=True)
class CountedOutcome:
    """An outcome, and how many cases have it."""

    value: str
    label: str
    number: int


@dataclass(frozen=True)
class Doors:
    """The doors: those with most cases first, where not all can stand there."""

    countries: list[Any]
    more_countries: list[Any]
    mediators: list[Any]
    outcomes: list[CountedOutcome]

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return sum(one.number for one in self.outcomes)


def doors() -> Doors:
    """The doors; what stands on them is counted once for each publication of a case or an actor."""
    counted = COUNTED.recall()
    there, in_role = counted.countries, counted.mediators
    named = Entry.objects.in_sight().in_bulk([*there, *in_role])
    countries: list[Any] = [named[key] for key in there if key in named]
    mediators: list[Any] = [named[key] for key in in_role if key in named]
    for place in countries:
        place.cases_there = there[place.pk]
    for actor in mediators:
        actor.cases_in_role = in_role[actor.pk]
    return Doors(
        countries=_by_name(countries[:COUNTRIES]),
        more_countries=_by_name(countries[COUNTRIES:]),
        mediators=mediators,
        outcomes=_outcomes(counted.outcomes),
    )


def numbers_of_entries() -> dict[str, int]:
    """How many entries of the kinds that stand in the hero, besides cases, readers find."""
    found = Entry.objects.in_sight().filter(kind__in=COUNTED_KINDS)
    numbers = dict(found.order_by().values_list("kind").annotate(number=models.Count("pk")))
    return {kind: numbers.get(kind, 0) for kind in COUNTED_KINDS}


def _cases_of_countries() -> dict[UUID, int]:
    """In how many cases each country is, those with most of them first."""
    coded = Case.objects.filter(review=Review.CODED)
    rows: Any = Case.countries.through.objects.order_by()
    # Cases that are only coded are usually few: to subtract them is quicker than to look up each other case.
    some = ((rows, 1), (rows.filter(case__in=coded.order_by().values("pk")), -1))
    every, left_out = (
        of.annotate(sign=models.Value(sign)).values_list("place", "sign").annotate(number=models.Count("pk"))
        for of, sign in some
    )
    found: Counter[UUID] = Counter()
    for place, sign, number in every.union(left_out, all=True):
        found[place] += sign * number
    most = sorted((+found).items(), key=lambda one: (-one[1], one[0]))
    return dict(most[: COUNTRIES + MORE_COUNTRIES])


def _by_name(places: list[Any]) -> list[Any]:
    language = active_language()
    return sorted(places, key=lambda place: sort_key(str(place), language))


def _cases_of_outcomes() -> dict[str, int]:
    cases = Case.objects.in_sight().reviewed().order_by()
    return dict(cases.values_list("outcome").annotate(number=models.Count("*")))


def _counted() -> Counted:
    return Counted(
        _cases_of_countries(), busiest_in(PartyRole.MEDIATOR, most=MEDIATORS), _cases_of_outcomes()
    )


# A case says its countries and its parties, an actor what it is part of.
COUNTED: Memory[Counted] = Memory(_counted, ("case", "actor"))


def _outcomes(numbers: dict[str, int]) -> list[CountedOutcome]:
    """Each outcome that some case has, in the order of the vocabulary."""
    return [
        CountedOutcome(value, str(label), numbers[value])
        for value, label in Outcome.choices
        if value in numbers
    ]
