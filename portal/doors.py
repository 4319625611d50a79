"""What stands on the doors of the front page: where, by whom, with which outcome; each a list of cases."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from cases.models import Case, Place
from cases.roles import busiest_in
from cases.vocabulary import Outcome, PartyRole, Review
from publishing.languages import active_language
from publishing.models import Entry
from publishing.models.counting import number_of
from search.ordering import sort_key

# So many countries stand on their door at once, and so many when it is opened.
COUNTRIES, MORE_COUNTRIES = 14, 50
MEDIATORS = 10
COUNTED_KINDS = ("initiative", "source")


@dataclass(frozen=True)
class Standing:
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
    outcomes: list[Standing]

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return sum(one.number for one in self.outcomes)


def doors() -> Doors:
    """The doors, in four queries."""
    countries = _countries()
    return Doors(
        countries=_by_name(countries[:COUNTRIES]),
        more_countries=_by_name(countries[COUNTRIES:]),
        mediators=busiest_in(PartyRole.MEDIATOR, most=MEDIATORS),
        outcomes=_outcomes(),
    )


def numbers_of_entries() -> dict[str, int]:
    """How many entries of the kinds that stand in the hero, besides cases, readers find."""
    found = Entry.objects.in_sight().filter(kind__in=COUNTED_KINDS)
    numbers = dict(found.order_by().values_list("kind").annotate(number=models.Count("pk")))
    return {kind: numbers.get(kind, 0) for kind in COUNTED_KINDS}


def _countries() -> list[Any]:
    """Those with most cases, each with their number as `cases_there`."""
    rows = Case.countries.through.objects.filter(case__review=Review.REVIEWED)
    counted = Place.objects.in_sight().annotate(cases_there=number_of(rows, "place"))
    found = counted.filter(cases_there__gt=0).order_by("-cases_there", "pk")
    return list(found[: COUNTRIES + MORE_COUNTRIES])


def _by_name(places: list[Any]) -> list[Any]:
    language = active_language()
    return sorted(places, key=lambda place: sort_key(str(place), language))


def _outcomes() -> list[Standing]:
    """Each outcome that some case has, in the order of the vocabulary."""
    counted = (
        Case.objects.in_sight()
        .reviewed()
        .order_by()
        .values_list("outcome")
        .annotate(number=models.Count("pk"))
    )
    numbers = dict(counted)
    return [
        Standing(value, str(label), numbers[value]) for value, label in Outcome.choices if value in numbers
    ]
