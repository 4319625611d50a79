"""What the casebook has of a place, in a sentence: its ceasefires, their years and what became of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db import models
from django.utils.translation import ngettext

from cases.models import Case, Place
from cases.vocabulary import Outcome, Review
from publishing.numbers import written


@dataclass(frozen=True)
class Summary:
    """How many cases editors reviewed, from which year to which, and with which outcomes.

    coded: how many datasets alone have coded; initiatives, actors: how many there are of the place, 0 where
    nobody counted all. is_more: whether there are more cases than were counted.
    """

    cases: int
    first: int | None
    last: int | None
    outcomes: list[tuple[str, str, int]]
    coded: int
    initiatives: int
    actors: int
    is_more: bool = False

    def __bool__(self) -> bool:
        return bool(self.cases or self.coded or self.initiatives or self.actors)

    @property
    def cases_in_words(self) -> str:
        """The cases and their years."""
        values = {"total": self.cases, "first": self.first, "last": self.last}
        if self.is_more:
            words = ngettext("More than %(total)s ceasefire", "More than %(total)s ceasefires", self.cases)
            return words % {**values, "total": written(self.cases)}
        if self.first is None:
            return ngettext("%(total)s ceasefire", "%(total)s ceasefires", self.cases) % values
        if self.first == self.last:
            # Translators: %(first)s is a year.
            words = ngettext(
                "%(total)s ceasefire of %(first)s", "%(total)s ceasefires of %(first)s", self.cases
            )
        else:
            # Translators: both are years.
            words = ngettext(
                "%(total)s ceasefire from %(first)s to %(last)s",
                "%(total)s ceasefires from %(first)s to %(last)s",
                self.cases,
            )
        return words % values


# Of some cases: review, outcome, how many, and the first and the last day of their declarations.
Counted = tuple[str, str, int, Any, Any]


def summary_of(place: Place, cases: Page, initiatives: Page, actors: Page) -> Summary:
    """The summary of what the pages show; where the cases take several, all of them are counted."""
    of_others = (_number(initiatives), _number(actors))
    if cases.object_list and not _number(cases):
        return Summary(cases.paginator.count, None, None, [], 0, *of_others, is_more=True)
    counted = [*(_all_of(place) if cases.has_other_pages() else _counted(cases))]
    reviewed = [one for one in counted if one[0] == Review.REVIEWED]
    days = [day for one in reviewed for day in one[3:] if day]
    outcomes: Counter[str] = Counter()
    for _review, outcome, number, _first, _last in reviewed:
        outcomes[outcome] += number
    return Summary(
        cases=outcomes.total(),
        first=min((day.earliest.year for day in days), default=None),
        last=max((day.earliest.year for day in days), default=None),
        outcomes=[
            (value, str(label), outcomes[value]) for value, label in Outcome.choices if outcomes[value]
        ],
        coded=sum(one[2] for one in counted if one[0] != Review.REVIEWED),
        initiatives=of_others[0],
        actors=of_others[1],
    )


def _number(page: Page) -> int:
    """How many rows all pages have; 0 where counting ended before all were counted."""
    pages: Any = page.paginator
    return 0 if pages.has_more_than_count else pages.count


def _counted(cases: Page) -> Iterable[Counted]:
    return ((one.review, one.outcome, 1, one.declared_on, one.declared_on) for one in cases.object_list)


def _all_of(place: Place) -> Iterable[Counted]:
    day = "declared_on"
    rows = Case.objects.in_sight().filter(countries=place).order_by().values_list("review", "outcome")
    counted: Any = rows.annotate(models.Count("pk"), models.Min(day), models.Max(day))
    return counted
