"""What the casebook has of a place, in a sentence: its ceasefires, their years and what became of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page
from django.db import models
from django.utils.translation import ngettext

from cases.indexes import CASE_INDEX, INITIATIVE_INDEX, CaseIndex, InitiativeIndex
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
    """The summary of what the pages show; where they show not all there is, all are counted."""
    # What indexes remember is of today, and where another state is shown it would be gathered anew.
    is_of_today = any(map(_has_more, (cases, initiatives, actors))) and not has_shadows()
    counted = COUNTED.recall() if is_of_today else None
    tally = _tally_of(place, cases, counted)
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
        initiatives=counted.initiatives_of(place) if counted else _number(initiatives),
        actors=counted.actors.get(place.pk, 0) if counted else _number(actors),
    )


@dataclass(frozen=True)
class _Counted:
    """What is remembered of all places: the indexes of lists, and how many actors have their home there."""

    cases: CaseIndex
    initiatives: InitiativeIndex
    actors: dict[Any, int]

    def initiatives_of(self, place: Place) -> int:
        """How many there are."""
        index = self.initiatives
        return (index.everything & index.postings["country"].holding(place.pk)).bit_count()

    def tally_of(self, place: Place) -> _Tally:
        """Of its cases."""
        index = self.cases
        here = index.everything & index.postings["country"].holding(place.pk)
        reviewed = here & index.postings["review"].holding(Review.REVIEWED)
        outcomes, begun = index.postings["outcome"], index.postings["begun in"]
        return _Tally(
            Counter({value: (outcomes.holding(value) & reviewed).bit_count() for value in Outcome.values}),
            [int(str(year)) for year in begun.every_value() if begun.holding(year) & reviewed],
            (here & ~reviewed).bit_count(),
        )


def _counted() -> _Counted:
    homes = Actor.objects.in_sight().order_by().values_list("home").annotate(number=models.Count("pk"))
    return _Counted(CASE_INDEX.recall(), INITIATIVE_INDEX.recall(), dict(homes))


# One statement says whether all is still so; and readers find an actor while something of any kind uses it.
COUNTED: Memory[_Counted] = Memory(_counted, (*kinds(),))


def _tally_of(place: Place, cases: Page, counted: _Counted | None) -> _Tally:
    if not cases.has_other_pages():
        return _tally((one.review, one.outcome, 1, one.declared_on, one.declared_on) for one in cases)
    return counted.tally_of(place) if counted else _tally(_all_of(place))


# Of some cases: review, outcome, how many, and the first and the last day of their declarations.
_Rows = tuple[str, str, int, Any, Any]


def _all_of(place: Place) -> Iterable[_Rows]:
    day = "declared_on"
    rows = Case.objects.in_sight().filter(countries=place).order_by().values_list("review", "outcome")
    counted: Any = rows.annotate(models.Count("pk"), models.Min(day), models.Max(day))
    return counted


def _tally(counted: Iterable[_Rows]) -> _Tally:
    tally, coded = _Tally(Counter(), [], 0), 0
    for review, outcome, number, *days in counted:
        if review == Review.REVIEWED:
            tally.outcomes[outcome] += number
            tally.years.extend(day.earliest.year for day in days if day)
        else:
            coded += number
    return replace(tally, coded=coded)


def _number(page: Page) -> int:
    pages: Any = page.paginator
    if pages.has_more_than_count:
        pages.count_all()
    return int(pages.count)


def _has_more(page: Page) -> bool:
    """Whether counting ended before all rows were counted."""
    pages: Any = page.paginator
    return bool(pages.has_more_than_count)
