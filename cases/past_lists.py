"""What the past of every list has: its rows as they were after a publication, and a filter of them."""

import re
from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import QueryDict

from cases.filters import DescribedFilter
from cases.filters.facets import NOT, Facet
from cases.indexes import ListIndex
from cases.indexes.actors import Bodies, Memberships
from cases.postings import Bits
from publishing.fields.partial_dates import PartialDate
from publishing.models import Entry
from publishing.models.names import names_of
from publishing.past import PastEntry, Point, entries_at, public_at
from publishing.remembered import MemoryOfThePast
from publishing.snapshots import as_stored
from search.folding import spellings
from search.queries import MAX_LENGTH, MAX_WORDS

# Of each list, an answer of so many earlier states is kept ready in each process.
MOST_KEPT = 4
# Of more rows no answer is kept: a thousand take a processor a second, once in each process.
MOST_ROWS = 10_000
# The key of no entry.
NOBODY = UUID(int=0)
UUIDS = re.compile(r"[0-9a-f-]{32,36}", re.ASCII)


class TooManyRows(Exception):
    """There are so many that no answer is kept."""


@dataclass
class PastList:
    """All rows of a list after a publication, without what was retracted since.

    rows: by key, with the columns of the list. folded: their names, as they are searched. revisions: the
    number of the revision of each. addresses: by kind and address, the keys of what can be asked for.
    """

    point: Point
    index: ListIndex
    rows: Mapping[UUID, Any]
    folded: Mapping[UUID, str]
    revisions: Mapping[UUID, int]
    addresses: Mapping[tuple[str, str], UUID]


Past = Callable[[Point, frozenset[UUID]], PastList]


@dataclass
class Gathering:
    """What is taken from snapshots, one after the other; KIND: that of the rows."""

    KIND: ClassVar[str] = ""
    rows: dict[UUID, Any] = field(default_factory=dict)
    folded: dict[UUID, str] = field(default_factory=dict)
    revisions: dict[UUID, int] = field(default_factory=dict)
    addresses: dict[tuple[str, str], UUID] = field(default_factory=dict)
    countries: list[tuple[UUID, UUID]] = field(default_factory=list)
    codes: dict[UUID, str] = field(default_factory=dict)
    types: dict[UUID, str] = field(default_factory=dict)
    homes: dict[UUID, UUID] = field(default_factory=dict)
    part_of: dict[UUID, UUID] = field(default_factory=dict)
    members: list[tuple[UUID, UUID, Any, Any]] = field(default_factory=list)

    @abstractmethod
    def take_row(self, entry: PastEntry, fields: Mapping[str, Any]) -> Any:
        """The row of the list that the entry was, not stored; and what the index needs of its own rows."""

    @abstractmethod
    def index(self, point: Point) -> ListIndex:
        """The index of what was taken."""

    @property
    def bodies(self) -> Bodies:
        """What organs were part of."""
        return Bodies(self.part_of)

    @property
    def memberships(self) -> Memberships:
        """Who was a member of what."""
        return Memberships(self.members)

    def take(self, entry: PastEntry) -> None:
        """Take what the index needs of the entry."""
        fields, kind = entry.snapshot["fields"], entry.snapshot["kind"]
        self.addresses[kind, str(fields.get("slug", ""))] = entry.key
        if kind == self.KIND:
            self.rows[entry.key] = self.take_row(entry, fields)
            self.folded[entry.key] = names_of(entry.snapshot).folded
            self.revisions[entry.key] = entry.revision
            self.countries += ((entry.key, UUID(one)) for one in fields.get("countries", ()))
        elif kind == "place" and fields.get("iso_code"):
            self.codes[entry.key] = fields["iso_code"]
        elif kind == "actor":
            self._take_actor(entry, fields)

    def _take_actor(self, entry: PastEntry, fields: Mapping[str, Any]) -> None:
        self.types[entry.key] = fields.get("actor_type", "")
        if home := key_in(fields.get("home")):
            self.homes[entry.key] = home
        if body := key_in(fields.get("part_of")):
            self.part_of[entry.key] = body
        for row in rows_in(entry, "membership"):
            if organisation := key_in(row.get("organisation")):
                days = (_date(row.get("since_on")), _date(row.get("until_on")))
                self.members.append((entry.key, organisation, *days))

    def gathered(self, point: Point) -> PastList:
        """What was taken, as it is asked."""
        return PastList(point, self.index(point), self.rows, self.folded, self.revisions, self.addresses)


def memory_of(gathering: type[Gathering], made_of: Sequence[str]) -> MemoryOfThePast[PastList]:
    """Remembers the past of the list; made_of: the kinds of its index. Raises TooManyRows."""

    def gather(digest: str, point: Point, without: Collection[UUID]) -> PastList:
        # digest: that of the point, by which it is remembered.
        if public_at(point, [gathering.KIND]).count() > MOST_ROWS:
            raise TooManyRows
        found = gathering()
        for entry in entries_at(point, made_of, without=without):
            found.take(entry)
        return found.gathered(point)

    return MemoryOfThePast(gather, MOST_KEPT)


class ByPastAddresses(DescribedFilter):
    """The filter of a list, which takes entries by the addresses that they had then.

    One that was renamed since is still meant, and one that nothing uses any more can still be asked for.
    """

    def __init__(self, data: QueryDict, past: PastList, index: Any = None) -> None:
        """index: the rows that are asked; those of today, unless it is given."""
        self.past = past
        super().__init__(data, index=index)

    def entries_at(self, kinds: Iterable[str], slugs: Iterable[str]) -> dict[tuple[str, str], Any]:
        """Those that had these addresses and are not retracted."""
        meant = {
            (kind, slug): key
            for kind in kinds
            for slug in slugs
            if (key := self.past.addresses.get((kind, slug))) is not None
        }
        found = {one.pk: one for one in Entry.objects.published().filter(pk__in={*meant.values()})}
        return {at: found[key] for at, key in meant.items() if key in found}

    def with_todays_addresses(self) -> QueryDict:
        """The query as one would ask it today."""
        query, entries = self.data.copy(), self._asked.entries
        for facet in self.facets:
            if facet.kind and facet.name in query:
                query.setlist(
                    facet.name, [self._today(facet, one, entries) for one in query.getlist(facet.name)]
                )
        return query

    def _today(self, facet: Facet, value: str, entries: Mapping[UUID, Entry]) -> str:
        is_excluded, slug = value.strip().startswith(NOT), value.strip().removeprefix(NOT)
        entry = entries.get(self.past.addresses.get((facet.kind, slug), NOBODY))
        return value if entry is None else f"{NOT if is_excluded else ''}{entry.slug}"


class AsItWas(ByPastAddresses):
    """The same, asked of the rows as they were."""

    def __init__(self, data: QueryDict, past: PastList) -> None:
        super().__init__(data, past, past.index)

    @cached_property
    def _named(self) -> Bits:
        """The rows whose names held the words."""
        if not self.search:
            return self.index.everything
        words = [found for word in self.search[:MAX_LENGTH].split() if (found := spellings(word))]
        keys = (
            key
            for key, folded in self.past.folded.items()
            if words and all(any(one in folded for one in word) for word in words[:MAX_WORDS])
        )
        return self.index.bits_at(keys)


# --- the values of snapshots --------------------------------------------------------------------


def row_of(model: type[Any], key: UUID, fields: Mapping[str, Any], columns: Iterable[str]) -> Any:
    """The row, not stored, with these columns; what does not fit any more is left out."""
    row = model(id=key, entry_ptr_id=key, kind=model._meta.model_name, slug=fields.get("slug", ""))
    for name in columns:
        column: Any = model._meta.get_field(name)
        if name in fields:
            try:
                setattr(row, column.attname, column.to_python(as_stored(column, fields[name])))
            except (ValidationError, ValueError):
                continue
    return row


def rows_in(entry: PastEntry, kind: str) -> Iterable[Mapping[str, Any]]:
    """The rows of that kind in the snapshot."""
    rows: Iterator[Mapping[str, Any]] = iter(entry.snapshot["rows"].get(kind, {}).values())
    return rows


def key_in(text: Any) -> UUID | None:
    """The key that the text is, if it is one."""
    return UUID(text) if isinstance(text, str) and UUIDS.fullmatch(text) else None


def _date(text: Any) -> PartialDate | None:
    try:
        return PartialDate(text) if text else None
    except ValueError:
        return None
