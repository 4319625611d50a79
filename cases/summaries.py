"""What the casebook has of a place, in a sentence: its ceasefires, their years and what became of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page
from django.db import models
from django.utils.translation import ngettext

from cases.indexes import CASE_INDEX, INITIATIVE_INDEX
from cases.models import Actor, Case, Place
from cases.vocabulary import Outcome, Review
from publishing.models.entry import kinds
from publishing.numbers import written
from publishing.remembered import Memory
from publishing.snapshots import has_shadows


@dataclass(frozen=True)
class Summary:
    """How many cases editors reviewed, from which year to which, and with which outcomes.

    coded: how many datasets alone have coded; initiatives, actors: how many there are of the place.
    """

    cases: int
    first: int | None
    last: int | None
    outcomes: list[tuple[str, str, int]]
    coded: int
    initiatives: int
    actors: int

    def __bool__(self) -> bool:
        return bool(self.cases or self.coded or self.initiatives or self.actors)

    @property
    def cases_in_words(self) -> str:
        """The cases and their years."""
        values = {"total": written(self.cases), "first": self.first, "last": self.last}
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


@dataclass(frozen=True)
class _Tally:
    """Of the reviewed cases the number of each outcome, and their years; and how many are only coded."""

    outcomes: Counter[str]
    years: list[int]
    coded: int


def summary_of(place: Place, cases: Page, initiatives: Page, actors: Page) -> Summary:
    """The summary of what the pages show; where the cases take several, all of them are counted."""
    tally = _tally_of(place, cases)
    return Summary(
        cases=tally.outcomes.total(),
        first=min(tally.years, default=None),
        last=max(tally.years, default=None),
        outcomes=[
            (value, str(label), tally.outcomes[value])
            for value, label in Outcome.choices
            if tally.outcomes[value]
        ],
        coded=tally.coded,
        initiatives=_number_of_initiatives(place, initiatives),
        actors=_number_of_actors(place, actors),
    )


def _tally_of(place: Place, cases: Page) -> _Tally:
    if not cases.has_other_pages():
        return _tally((one.review, one.outcome, 1, one.declared_on, one.declared_on) for one in cases)
    # What the index remembers is of today, and where another state is shown it would be gathered anew.
    if _has_more(cases) and not has_shadows():
        return _tally_in_index(place)
    return _tally(_all_of(place))


# Of some cases: review, outcome, how many, and the first and the last day of their declarations.
_Counted = tuple[str, str, int, Any, Any]


def _all_of(place: Place) -> Iterable[_Counted]:
    day = "declared_on"
    rows = Case.objects.in_sight().filter(countries=place).order_by().values_list("review", "outcome")
    counted: Any = rows.annotate(models.Count("pk"), models.Min(day), models.Max(day))
    return counted


def _tally(counted: Iterable[_Counted]) -> _Tally:
    tally, coded = _Tally(Counter(), [], 0), 0
    for review, outcome, number, *days in counted:
        if review == Review.REVIEWED:
            tally.outcomes[outcome] += number
            tally.years.extend(day.earliest.year for day in days if day)
        else:
            coded += number
    return replace(tally, coded=coded)


def _tally_in_index(place: Place) -> _Tally:
    index = CASE_INDEX.recall()
    here = index.everything & index.postings["country"].holding(place.pk)
    reviewed = here & index.postings["review"].holding(Review.REVIEWED)
    outcomes, begun = index.postings["outcome"], index.postings["begun in"]
    return _Tally(
        Counter({value: (outcomes.holding(value) & reviewed).bit_count() for value in Outcome.values}),
        [int(str(year)) for year in begun.every_value() if begun.holding(year) & reviewed],
        (here & ~reviewed).bit_count(),
    )


def _number_of_initiatives(place: Place, initiatives: Page) -> int:
    if not _has_more(initiatives) or has_shadows():
        return _number(initiatives)
    index = INITIATIVE_INDEX.recall()
    return (index.everything & index.postings["country"].holding(place.pk)).bit_count()


# Readers find an actor while something of whatever kind uses it.
AT_HOME: Memory[dict[Any, int]] = Memory(
    lambda: dict(Actor.objects.in_sight().order_by().values_list("home").annotate(number=models.Count("pk"))),
    (*kinds(),),
)


def _number_of_actors(place: Place, actors: Page) -> int:
    if not _has_more(actors):
        return actors.paginator.count
    if has_shadows():
        return _number(actors)
    return AT_HOME.recall().get(place.pk, 0)


def _number(page: Page) -> int:
    pages: Any = page.paginator
    if pages.has_more_than_count:
        pages.count_all()
    return int(pages.count)


def _has_more(page: Page) -> bool:
    """Whether counting ended before all rows were counted."""
    pages: Any = page.paginator
    return bool(pages.has_more_than_count)
