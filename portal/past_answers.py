"""What the log of changes held after a certain publication, and how that has changed since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.filters.keys import AnyOf
from cases.filters.questions import FIRST, LAST
from cases.models import Place
from cases.past_lists import MOST_KEPT, MOST_ROWS, TooManyRows, key_in
from portal.filters import ChangeFilter
from publishing import snapshots
from publishing.citing import KeptAnswer
from publishing.languages import join_list, labelled
from publishing.models import Entry, Revision
from publishing.models.entry import kinds
from publishing.models.revision import RevisionQuerySet
from publishing.named_entries import address_of
from publishing.past import Point, entries_at, newest_point, public_at, retracted
from publishing.remembered import MemoryOfThePast
from publishing.revisions import attach_sources
from publishing.views.pages import MOST_COUNTED

# So many changes that came or went are shown.
MOST_SHOWN = 40


@dataclass
class PastSight:
    """What was in sight after a publication, and to which countries it belonged.

    out_of_sight: the entries that were public, but used by nothing that readers find. of_country: by the
    place, the entries whose changes are those of the country.
    """

    out_of_sight: frozenset[UUID]
    of_country: Mapping[UUID, set[UUID]]


def _seen(point: Point) -> PastSight:
    """Read it from the revisions of then. Raises TooManyRows."""
    if public_at(point, [*kinds()]).count() > MOST_ROWS:
        raise TooManyRows
    pointed_at: dict[UUID, set[UUID]] = {}
    of_country: dict[UUID, set[UUID]] = defaultdict(set)
    waiting: list[UUID] = []
    for entry in entries_at(point, [*kinds()], without=()):
        snapshot = snapshots.conformed(entry.snapshot)
        pointed_at[entry.key] = {UUID(one) for one in snapshots.references(snapshot)}
        for place in _countries(entry.key, snapshot["kind"], snapshot["fields"]):
            of_country[place].add(entry.key)
        if not kinds()[snapshot["kind"]].IS_REFERENCE:
            waiting.append(entry.key)
    in_use: set[UUID] = set()
    while waiting:
        in_use.add(key := waiting.pop())
        waiting += (pointed_at[key] & pointed_at.keys()) - in_use
    return PastSight(frozenset(pointed_at.keys() - in_use), of_country)


def _countries(key: UUID, kind: str, fields: Mapping[str, Any]) -> Iterable[UUID]:
    """The places whose changes are also those of the entry."""
    if kind == "place":
        yield key
    if kind == "actor" and (home := key_in(fields.get("home"))):
        yield home
    if kind in ("case", "initiative"):
        yield from map(UUID, fields.get("countries", ()))


_sight = MemoryOfThePast(_seen, MOST_KEPT)


class PastChangeFilter(ChangeFilter):
    """The questions of the log, which can name whatever readers found then."""

    def __init__(self, query: QueryDict, seen: PastSight, point: Point, queryset: RevisionQuerySet) -> None:
        super().__init__(query, queryset=queryset)
        # Only what was published and in sight then can be asked for.
        of_then = Revision.objects.filter(number=1, pk__lte=point.number).values("entry")
        hidden = AnyOf(seen.out_of_sight)
        for name, entries in (("country", Place.objects.published()), ("entry", Entry.objects.all())):
            self.filters[name].extra["entries"] = entries.filter(pk__in=of_then).exclude(pk__in=hidden).all


class ChangesOfThen(PastChangeFilter):
    """The same, of the changes until then, and with the countries of then."""

    def __init__(self, query: QueryDict, seen: PastSight, point: Point) -> None:
        self.seen = seen
        changes = _changes().filter(pk__lte=point.number).exclude(entry__in=AnyOf(seen.out_of_sight))
        super().__init__(query, seen, point, changes)

    def of_country(self, revisions: Any, name: str, value: Any) -> Any:
        """What changed of it; what is retracted by now has no country any more."""
        found: Set[UUID] = self.seen.of_country.get(value.pk, frozenset())
        return revisions.filter(entry__in=AnyOf(found - retracted([*kinds()])))

    @property
    def in_words(self) -> str:
        """The question in words: which kinds of changes, of what, from when to when."""
        in_the_rest = {"change", FIRST, LAST}
        named = [
            labelled(self.form.fields[name].label, self._value_label(name, value))
            for name, value in self._asked().items()
            if name not in in_the_rest
        ]
        return join_list([str(self.shown), *named, self.period])


def _changes() -> RevisionQuerySet:
    return Revision.objects.select_related("entry").defer("snapshot").order_by("-created_at", "-pk")


@dataclass
class ChangesSince:
    """How the log has changed: changes that are found now and were not, and the other way round.

    further: how many are not shown.
    """

    came: list[Revision] = field(default_factory=list)
    went: list[Revision] = field(default_factory=list)
    further: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether the same changes are found."""
        return not (self.came or self.went)


class PastAnswerOfChanges:
    """What the log answered to a query after a publication."""

    PAGE = "portal:changes-answer"
    VIEWS: Mapping[str, tuple[str, str | Promise]] = {"": ("portal:changes", _("Corrections and changes"))}
    # The page of an answer lists retracted entries; here the log itself has them.
    retracted: tuple[Entry, ...] = ()

    def __init__(self, point: Point, query: QueryDict) -> None:
        """query: whatever else stands in it. Raises TooManyRows."""
        self.point = point
        seen = _sight.recall(point)
        query = query.copy()
        query.pop("page", None)
        self.then = ChangesOfThen(query, seen, point)
        self.now = PastChangeFilter(query, seen, point, _changes().in_sight())

    @cached_property
    def number(self) -> int:
        """How many changes answered."""
        return int(self.then.qs.order_by().count())

    @cached_property
    def number_now(self) -> int:
        """How many answer today."""
        return int(self.now.qs.order_by().count())

    @property
    def keys(self) -> Any:
        """The keys of those that answered, the newest first."""
        return self.then.qs.values_list("pk", flat=True)

    def rows(self, keys: Sequence[int]) -> list[Revision]:
        """The changes of these keys."""
        found = [*_changes().filter(pk__in=keys)] if keys else []
        attach_sources(found)
        return found

    def countries(self) -> list[Any]:
        """Nothing: a change may belong to several countries or to none."""
        return []

    def since(self) -> ChangesSince:
        """How the answer has changed."""
        then, now = (one.qs.order_by().values("pk") for one in (self.then, self.now))
        came, went = self.now.qs.exclude(pk__in=then), self.then.qs.exclude(pk__in=now)
        found = ChangesSince([*came[:MOST_SHOWN]], [*went[:MOST_SHOWN]])
        attach_sources([*found.came, *found.went])
        if MOST_SHOWN in (len(found.came), len(found.went)):
            found.further = came.count() + went.count() - len(found.came) - len(found.went)
        return found

    def query_of_today(self) -> str:
        """What is asked, as one would ask the log of today."""
        return _query(self.then.asked(), address_of)

    def kept(self) -> KeptAnswer:
        """The answer as others cite it."""
        return _kept(self.point, self.number, self.then.asked())


def kept_answer(found: ChangeFilter) -> KeptAnswer | None:
    """What the log shows now, at the address where it stays so; None where nothing is kept."""
    point = newest_point([*kinds()])
    if point is None or not _is_kept(point):
        return None
    # The log itself counts no further.
    number = found.qs.order_by().values("pk")[: MOST_COUNTED + 1].count()
    return _kept(point, None if number > MOST_COUNTED else number, found.asked())


def _is_kept(point: Point) -> bool:
    """Whether there are few enough entries; they are counted only where there are many revisions."""
    return point.number <= MOST_ROWS or Entry.objects.published()[: MOST_ROWS + 1].count() <= MOST_ROWS


def _kept(point: Point, number: int | None, asked: Mapping[str, Any]) -> KeptAnswer:
    # By its key an entry is meant for ever, whatever it is called later.
    query = _query(asked, lambda entry: str(entry.pk))
    path = reverse(PastAnswerOfChanges.PAGE, args=[point.number])
    return KeptAnswer(point.number, point.day, number, None, path, query)


def _query(asked: Mapping[str, Any], address: Any) -> str:
    query = QueryDict(mutable=True)
    for name, value in asked.items():
        query[name] = address(value) if isinstance(value, Entry) else str(value)
    return query.urlencode()
