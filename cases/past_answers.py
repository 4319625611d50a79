"""What the list of cases answered after a certain publication, and how the answer has changed since."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import past_cases
from cases.durations import duration_in_words
from cases.filters import CaseFilter
from cases.filters.cases import AS, ORDER, SORT
from cases.filters.keys import AnyOf
from cases.filters.lists import PAGE
from cases.indexes.rows import MADE_OF
from cases.models import Case, Place
from cases.past_cases import ByPastAddresses, PastCaseFilter
from publishing import comparison, snapshots
from publishing.citing import KeptAnswer
from publishing.languages import columns_of_text
from publishing.models import Entry, Revision
from publishing.past import Stand, retracted
from publishing.remembered import not_noted
from publishing.snapshots import Change, Snapshot

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
# So many cases that were published anew are compared, and so many are shown with what changed in them.
MOST_COMPARED, MOST_SHOWN = 100, 40
MOST_LINES = 12
# The columns that the table shows, and the columns and rows that each question is about.
SHOWN = frozenset({"declared_on", "in_force_on", "ended_on", "ceasefire_class", "outcome", "outcome_as_of"})
ABOUT: dict[str, frozenset[str]] = {
    "q": frozenset(columns_of_text("title")),
    "country": frozenset({"countries"}),
    "region": frozenset({"countries"}),
    "theme": frozenset({"themes"}),
    "monitoring": frozenset({"mechanism", "participation"}),
    **dict.fromkeys(
        ("mediator", "actor", "role", "parties_in", "mediators_in"), frozenset({"participation"})
    ),
}


@dataclass
class PastRow:
    """A case as it was. case: not stored. now: as it is today. record: the address of the whole record."""

    case: Case
    now: Case | None
    record: str
    lasted: str


@dataclass
class Moved:
    """A case whose place in the answer, or whose values in it, are others today.

    is_new: whether it was not public then. lines: what changed of what is asked. address: where all stands
    that changed.
    """

    case: Case
    is_new: bool = False
    lines: Sequence[comparison.Line] = ()
    further: int = 0
    address: str = ""


@dataclass
class Since:
    """How the answer has changed: the cases that came, went, or have other values.

    retracted: the cases of then that are retracted now. further: how many are not told.
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
    """The answer to a query after a publication."""

    def __init__(self, stand: Stand, query: QueryDict) -> None:
        """query: with the addresses of then, whatever else stands in it. Raises TooManyCases."""
        gone = retracted(MADE_OF)
        self.stand = stand
        self.past = past_cases.past_cases(stand, gone)
        self.then = PastCaseFilter(asked_only(query), self.past)
        self.now = ByPastAddresses(asked_only(query), self.past)
        self.retracted = self._retracted(gone)

    @property
    def number(self) -> int:
        """How many cases answered."""
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

    def rows(self, keys: Sequence[UUID]) -> list[PastRow]:
        """Their rows, as they were."""
        today = {one.pk: one for one in _named(keys)}
        return [self._row(self.past.cases[key], today.get(key)) for key in keys]

    def _row(self, case: Case, now: Case | None) -> PastRow:
        address = f"{now.get_record_url()}?as_of={self.past.revisions[case.pk]}" if now else ""
        return PastRow(case, now, address, duration_in_words(case))

    def outcomes(self) -> dict[str, int]:
        """How many there were of each outcome."""
        return dict(Counter(self.past.cases[key].outcome for key in self.keys))

    def countries(self) -> list[tuple[Place, int]]:
        """How many there were in each country, the countries with most first."""
        counted = self.past.index.postings["country"].counted(self.then.found)
        numbers: dict[Any, int] = {key: number for key, number in counted.items() if number}
        places = [*Place.objects.without_prose().filter(pk__in=AnyOf(numbers)).by_title()] if numbers else []
        return sorted(((one, numbers[one.pk]) for one in places), key=lambda one: -one[1])

    def _retracted(self, gone: frozenset[UUID]) -> list[Entry]:
        """The cases of then that are retracted now, whatever they would have answered."""
        before = Revision.objects.filter(kind="case", number=1, pk__lte=self.stand.number)
        found = Entry.objects.filter(kind="case", pk__in=before.filter(entry__in=AnyOf(gone)).values("entry"))
        return [*found.order_by("slug")] if gone else []

    # --- since then -------------------------------------------------------------------------------

    def since(self) -> Since:
        """How the answer has changed."""
        then, now = dict.fromkeys(self.keys), dict.fromkeys(self.now.keys)
        keys = [*dict.fromkeys([*then, *now])]
        published_anew = [one for one in _named(keys) if self._is_other(one)]
        compared = published_anew[:MOST_COMPARED]
        lines = self._lines(compared)
        found = Since(further=len(published_anew) - len(compared))
        by_key = {one.pk: one for one in compared}
        for key in keys:
            if (case := by_key.get(key)) is None:
                continue
            moved = self._moved(case, lines.get(key, ()))
            if key in then and key in now:
                if moved.lines:
                    found.changed.append(moved)
            else:
                (found.came if key in now else found.went).append(moved)
        # Those that come or go without a revision of their own: an actor or a place of theirs changed.
        others = [key for key in keys if (key in then) != (key in now) and key not in by_key]
        for case in _named(others[:MOST_SHOWN]):
            (found.came if case.pk in now else found.went).append(Moved(case))
        for several in (found.came, found.went, found.changed):
            found.further += max(0, len(several) - MOST_SHOWN)
            del several[MOST_SHOWN:]
        return found

    def _is_other(self, case: Case) -> bool:
        return self.past.revisions.get(case.pk) != case.revision

    def _moved(self, case: Case, lines: Sequence[comparison.Line]) -> Moved:
        before = self.past.revisions.get(case.pk)
        if before is None:
            return Moved(case, is_new=True)
        address = f"{case.get_history_url()}{case.revision}/?with={before}"
        return Moved(case, False, lines[:MOST_LINES], max(0, len(lines) - MOST_LINES), address)

    @cached_property
    def _asked(self) -> frozenset[str]:
        """The columns and rows that the table shows or the query asks of."""
        names = [facet.name for facet in self.then.facets if facet.is_asked]
        names += ["q"] if self.then.search else []
        return SHOWN.union(*(ABOUT.get(name, frozenset()) for name in names))

    def _lines(self, cases: Sequence[Case]) -> dict[UUID, list[comparison.Line]]:
        """What changed in each, of what is asked."""
        pairs = self._snapshots([one for one in cases if one.pk in self.past.revisions])
        changes = {key: [*filter(self._is_asked, snapshots.diff(*pair))] for key, pair in pairs.items()}
        told = {key: pairs[key] for key, several in changes.items() if several}
        wanted = {one for pair in told.values() for each in pair for one in snapshots.references(each)}
        entries = {str(one.pk): one for one in Entry.objects.filter(pk__in=wanted)} if wanted else {}
        return {
            key: comparison.Describer("case", *pair, entries=entries).lines(changes[key])
            for key, pair in told.items()
        }

    def _is_asked(self, change: Change) -> bool:
        return (change.path.row_kind or change.path.column) in self._asked

    def _snapshots(self, cases: Sequence[Case]) -> dict[UUID, tuple[Snapshot, Snapshot]]:
        """Of each the snapshot of then and that of today."""
        wanted = Q(pk__in=[])
        for case in cases:
            wanted |= Q(entry=case.pk, number__in=(self.past.revisions[case.pk], case.revision))
        # A revision never changes: which are the newest, the cases themselves say.
        with not_noted():
            found = Revision.objects.filter(wanted).order_by("number").values_list("entry", "snapshot")
            by_case: dict[UUID, list[Snapshot]] = {}
            for key, snapshot in found:
                by_case.setdefault(key, []).append(snapshots.conformed(snapshot))
        return {key: (one[0], one[-1]) for key, one in by_case.items()}


def kept_answer(found: CaseFilter, stand: Stand | None, view: str = "") -> KeptAnswer | None:
    """What the filter finds, at the address where it stays so; None where nothing is kept.

    view: the one that is cited, of VIEWS.
    """
    if stand is None or found.index.number > past_cases.MOST_CASES:
        return None
    query = asked_only(found.data)
    if view:
        query[VIEW] = view
    path = reverse("cases:answer", args=[stand.number])
    return KeptAnswer(stand.number, stand.day, found.number, found.index.number, path, query.urlencode())


def _named(keys: Iterable[UUID]) -> Iterable[Case]:
    columns = ("slug", "kind", "review", "revision", *columns_of_text("title"))
    return Case.objects.filter(pk__in=AnyOf(keys)).newest_first().only(*columns)


def asked_only(query: QueryDict) -> QueryDict:
    """The query without what does not change what is found."""
    kept = query.copy()
    for name in ONLY_SHOWN:
        kept.pop(name, None)
    return kept
