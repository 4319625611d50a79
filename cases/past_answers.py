"""What a list answered after a certain publication, and how the answer has changed since."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import past_lists
from cases.durations import duration_in_words
from cases.filters import DescribedFilter
from cases.filters.cases import AS, ORDER, SORT
from cases.filters.keys import AnyOf
from cases.filters.lists import PAGE
from cases.indexes import InitiativeIndex
from cases.indexes.rows import MADE_OF
from cases.models import Case, Initiative, Place
from cases.past_cases import CasesByPastAddresses, PastCaseFilter, past_cases
from cases.past_initiatives import InitiativesByPastAddresses, PastInitiativeFilter, past_initiatives
from cases.past_lists import AsItWas, ByPastAddresses, Past
from pillars.models import Theme
from publishing.citing import KeptAnswer
from publishing.languages import columns_of_text
from publishing.models import Entry, Revision
from publishing.past import Point, retracted
from publishing.since import Moved, moved_since
from publishing.snapshots import Change

# Which view of the list was cited; each has a title of its own.
VIEW = "view"
VIEWS: dict[str, tuple[str, str | Promise]] = {
    "": ("cases:cases", _("Ceasefire cases")),
    "map": ("cases:map", _("Map of the ceasefire cases")),
    "timeline": ("cases:timeline", _("Timeline of the ceasefire cases")),
    "figures": ("cases:figures", _("What became of the ceasefires")),
}
# What does not change what is found.
ONLY_SHOWN = (PAGE, ORDER, SORT, AS, VIEW)
# So many rows that were published again are compared, and so many are shown with what changed in them.
MOST_COMPARED, MOST_SHOWN = 100, 40
TITLES = frozenset(columns_of_text("title"))


@dataclass
class PastRow:
    """A row as it was. row: not stored. record: the address of the whole record, "" where it is not public.

    lasted: of a case. theme, countries: of an initiative, by their names of today.
    """

    row: Any
    record: str
    lasted: str = ""
    theme: Any = None
    countries: Sequence[Any] = ()


@dataclass
class ChangesSince:
    """How the answer has changed: the rows that came, went, or have other values.

    further: how many are not told.
    """

    came: list[Moved] = field(default_factory=list)
    went: list[Moved] = field(default_factory=list)
    changed: list[Moved] = field(default_factory=list)
    further: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether the answer is the same."""
        return not (self.came or self.went or self.changed)


class PastAnswer:
    """The answer of a list to a query after a publication."""

    MODEL: type[Any]
    # What its index is made of, and how that is read of then.
    MADE_OF: tuple[str, ...] = ()
    PAST: Past
    THEN: type[AsItWas]
    NOW: type[ByPastAddresses]
    # The name of its page, and the views that it may be cited from.
    PAGE = ""
    VIEWS: Mapping[str, tuple[str, str | Promise]] = {}
    # The columns that its table shows, and the columns and rows that each question is about.
    SHOWN: frozenset[str] = frozenset()
    ABOUT: Mapping[str, frozenset[str]] = {}
    # What is read to name one of them, beside its title.
    NAMED_BY: tuple[str, ...] = ("slug", "kind", "revision")

    def __init__(self, point: Point, query: QueryDict) -> None:
        """query: with the addresses of then, whatever else stands in it. Raises TooManyRows."""
        gone = retracted(self.MADE_OF)
        self.point = point
        self.past = type(self).PAST(point, gone)
        self.then = self.THEN(asked_only(query), self.past)
        self.now = self.NOW(asked_only(query), self.past)
        self.retracted = self._retracted(gone)

    @property
    def kind(self) -> str:
        """The kind of its rows."""
        return str(self.MODEL._meta.model_name)

    @property
    def number(self) -> int:
        """How many rows answered."""
        return self.then.number

    @property
    def of_all(self) -> int:
        """Of how many."""
        return self.past.index.number

    @property
    def number_now(self) -> int:
        """How many answer today."""
        return self.now.number

    @cached_property
    def keys(self) -> list[UUID]:
        """The keys of those that answered, the newest first."""
        return [*self.then.keys]

    @abstractmethod
    def rows(self, keys: Sequence[UUID]) -> list[PastRow]:
        """Their rows, as they were."""

    def records(self, keys: Sequence[UUID]) -> dict[UUID, str]:
        """The addresses of their whole records; of those that are public."""
        return {
            one.pk: f"{one.get_record_url()}?as_of={self.past.revisions[one.pk]}" for one in self._named(keys)
        }

    def countries(self) -> list[tuple[Place, int]]:
        """How many there were in each country, the countries with most first."""
        counted = self.past.index.postings["country"].counted(self.then.found)
        numbers: dict[Any, int] = {key: number for key, number in counted.items() if number}
        places = [*Place.objects.without_prose().filter(pk__in=AnyOf(numbers)).by_title()] if numbers else []
        return sorted(((one, numbers[one.pk]) for one in places), key=lambda one: -one[1])

    def _retracted(self, gone: frozenset[UUID]) -> list[Entry]:
        """The rows of then that are retracted now, whatever they would have answered."""
        before = Revision.objects.filter(kind=self.kind, number=1, pk__lte=self.point.number)
        of_then = before.filter(entry__in=AnyOf(gone)).values("entry")
        return [*Entry.objects.filter(kind=self.kind, pk__in=of_then).order_by("slug")] if gone else []

    # --- since then -------------------------------------------------------------------------------

    def since(self) -> ChangesSince:
        """How the answer has changed."""
        then, now = dict.fromkeys(self.keys), dict.fromkeys(self.now.keys)
        keys = [*dict.fromkeys([*then, *now])]
        published_anew = [one for one in self._named(keys) if self._is_other(one)]
        compared = published_anew[:MOST_COMPARED]
        by_key = moved_since(self.kind, compared, self.past.revisions, self._is_asked)
        found = ChangesSince(further=len(published_anew) - len(compared))
        for key in keys:
            if (moved := by_key.get(key)) is None:
                continue
            if key in then and key in now:
                if moved.lines:
                    found.changed.append(moved)
            else:
                (found.came if key in now else found.went).append(moved)
        # Those that come or go without a revision of their own: an actor or a place of theirs changed.
        others = [key for key in keys if (key in then) != (key in now) and key not in by_key]
        for one in self._named(others[:MOST_SHOWN]):
            (found.came if one.pk in now else found.went).append(Moved(one))
        for several in (found.came, found.went, found.changed):
            found.further += max(0, len(several) - MOST_SHOWN)
            del several[MOST_SHOWN:]
        return found

    def _is_other(self, one: Any) -> bool:
        return bool(self.past.revisions.get(one.pk) != one.revision)

    @cached_property
    def _asked(self) -> frozenset[str]:
        """The columns and rows that the table shows or the query asks of."""
        names = [facet.name for facet in self.then.facets if facet.is_asked]
        names += ["q"] if self.then.search else []
        return self.SHOWN.union(*(self.ABOUT.get(name, frozenset()) for name in names))

    def _is_asked(self, change: Change) -> bool:
        return (change.path.row_kind or change.path.column) in self._asked

    def _named(self, keys: Iterable[UUID]) -> Iterable[Any]:
        columns = (*self.NAMED_BY, *columns_of_text("title"))
        rows = self.MODEL._default_manager.filter(pk__in=AnyOf(keys))
        named: Iterable[Any] = rows.newest_first().only(*columns)
        return named


class PastAnswerOfCases(PastAnswer):
    """What the list of cases answered."""

    MODEL = Case
    MADE_OF = MADE_OF
    PAST = staticmethod(past_cases)
    THEN, NOW = PastCaseFilter, CasesByPastAddresses
    PAGE = "cases:answer"
    NAMED_BY = (*PastAnswer.NAMED_BY, "review")
    VIEWS = VIEWS
    SHOWN = frozenset(
        {"declared_on", "in_force_on", "ended_on", "ceasefire_class", "outcome", "outcome_as_of"}
    )
    ABOUT = {
        "q": TITLES,
        "country": frozenset({"countries"}),
        "region": frozenset({"countries"}),
        "theme": frozenset({"themes"}),
        "monitoring": frozenset({"mechanism", "participation"}),
        **dict.fromkeys(
            ("mediator", "actor", "role", "parties_in", "mediators_in"), frozenset({"participation"})
        ),
    }

    def rows(self, keys: Sequence[UUID]) -> list[PastRow]:
        """With how long each was kept."""
        records, rows = self.records(keys), self.past.rows
        return [PastRow(rows[key], records.get(key, ""), duration_in_words(rows[key])) for key in keys]

    def outcomes(self) -> dict[str, int]:
        """How many there were of each outcome."""
        return dict(Counter(self.past.rows[key].outcome for key in self.keys))


class PastAnswerOfInitiatives(PastAnswer):
    """What the list of initiatives answered."""

    MODEL = Initiative
    MADE_OF = InitiativeIndex.MADE_OF
    PAST = staticmethod(past_initiatives)
    THEN, NOW = PastInitiativeFilter, InitiativesByPastAddresses
    PAGE = "cases:initiative-answer"
    VIEWS = {"": ("cases:initiatives", _("Reconstruction initiatives"))}
    SHOWN = frozenset({"main_theme", "began_on", "ended_on", "countries"})
    ABOUT = {
        "q": TITLES,
        "partner": frozenset({"partner"}),
        **dict.fromkeys(("donor", "donors_in"), frozenset({"partner", "funding"})),
    }

    def rows(self, keys: Sequence[UUID]) -> list[PastRow]:
        """With the theme and the countries of each."""
        records, themes = self.records(keys), {one.pk: one for one, _number in self.themes()}
        held, places = self.past.index.postings["country"], {one.pk: one for one, _number in self.countries()}
        found = []
        for key in keys:
            of_row: list[Any] = [*held.held_by(self.past.index.positions[key])]
            countries = [places[one] for one in places if one in of_row]
            row = self.past.rows[key]
            found.append(
                PastRow(row, records.get(key, ""), theme=themes.get(row.main_theme_id), countries=countries)
            )
        return found

    def themes(self) -> list[tuple[Theme, int]]:
        """How many there were on each theme, by its name of today."""
        numbers = Counter(self.past.rows[key].main_theme_id for key in self.keys)
        found = Theme.objects.filter(pk__in=AnyOf(numbers)).by_title() if numbers else ()
        return sorted(((one, numbers[one.pk]) for one in found), key=lambda one: -one[1])


def kept_answer(
    answer: type[PastAnswer], found: DescribedFilter, point: Point | None, view: str = ""
) -> KeptAnswer | None:
    """What the filter finds, at the address where it stays so; None where nothing is kept.

    view: the one that is cited, of VIEWS.
    """
    if point is None or found.index.number > past_lists.MOST_ROWS:
        return None
    query = asked_only(found.data)
    if view:
        query[VIEW] = view
    path = reverse(answer.PAGE, args=[point.number])
    return KeptAnswer(point.number, point.day, found.number, found.index.number, path, query.urlencode())


def asked_only(query: QueryDict) -> QueryDict:
    """The query without what does not change what is found."""
    kept = query.copy()
    for name in ONLY_SHOWN:
        kept.pop(name, None)
    return kept
