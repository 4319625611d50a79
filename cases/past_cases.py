"""The cases as they were after a certain publication, read from revisions: an index, and a filter of it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import QueryDict

from cases.filters import CaseFilter
from cases.filters.facets import NOT, Facet
from cases.indexes import CaseIndex
from cases.indexes.actors import Bodies, Memberships
from cases.indexes.lists import Rows
from cases.indexes.rows import MADE_OF, OF_A_ROW, Around, RowsOfCases
from cases.models import Case
from cases.postings import Bits
from publishing.fields.partial_dates import PartialDate
from publishing.languages import columns_of_text
from publishing.models import Entry
from publishing.models.names import names_of
from publishing.past import PastEntry, Stand, entries_at, public_at
from publishing.remembered import MemoryOfThePast
from publishing.snapshots import as_stored
from search.folding import spellings
from search.queries import MAX_LENGTH, MAX_WORDS

# An answer of so many earlier states is kept ready in each process.
MOST_KEPT = 4
# Of more cases no answer is kept: a thousand take a processor a second, once in each process.
MOST_CASES = 10_000
# The key of no entry.
NOBODY = UUID(int=0)
UUIDS = re.compile(r"[0-9a-f-]{32,36}", re.ASCII)


class PastCaseIndex(CaseIndex):
    """The cases of then; it stays as it is."""

    def __init__(self, rows: RowsOfCases, around: Around, stand: Stand) -> None:
        self._given, self._given_around, self.stand = rows, around, stand
        super().__init__()

    def look_around(self) -> None:
        """What stood beside them."""
        self._take_around(self._given_around)

    def read(self, keys: Collection[UUID] | None) -> Rows:
        """All of them."""
        return self._read_from(self._given)


@dataclass
class PastCases:
    """All cases after a publication, without what was retracted since.

    cases: by key, with the columns of a list. folded: their names, as they are searched. revisions: the
    number of the revision of each. addresses: by kind and address, the keys of what can be asked for.
    """

    stand: Stand
    index: CaseIndex
    cases: Mapping[UUID, Case]
    folded: Mapping[UUID, str]
    revisions: Mapping[UUID, int]
    addresses: Mapping[tuple[str, str], UUID]


@dataclass
class _Gathering:
    """What is taken from snapshots, one after the other."""

    cases: list[Case] = field(default_factory=list)
    folded: dict[UUID, str] = field(default_factory=dict)
    revisions: dict[UUID, int] = field(default_factory=dict)
    addresses: dict[tuple[str, str], UUID] = field(default_factory=dict)
    parts: list[tuple[UUID, UUID, str]] = field(default_factory=list)
    mechanisms: list[tuple[UUID, UUID | None, str, str]] = field(default_factory=list)
    countries: list[tuple[UUID, UUID]] = field(default_factory=list)
    themes: list[tuple[UUID, UUID]] = field(default_factory=list)
    codes: dict[UUID, str] = field(default_factory=dict)
    types: dict[UUID, str] = field(default_factory=dict)
    homes: dict[UUID, UUID] = field(default_factory=dict)
    part_of: dict[UUID, UUID] = field(default_factory=dict)
    members: list[tuple[UUID, UUID, Any, Any]] = field(default_factory=list)

    def take(self, entry: PastEntry) -> None:
        """Take what the index needs of the entry."""
        said, kind = entry.snapshot["fields"], entry.snapshot["kind"]
        self.addresses[kind, str(said.get("slug", ""))] = entry.key
        if kind == "case":
            self._take_case(entry, said)
        elif kind == "place" and said.get("iso_code"):
            self.codes[entry.key] = said["iso_code"]
        elif kind == "actor":
            self._take_actor(entry, said)

    def _take_case(self, entry: PastEntry, said: Mapping[str, Any]) -> None:
        key = entry.key
        self.cases.append(_case(key, said))
        self.folded[key] = names_of(entry.snapshot).folded
        self.revisions[key] = entry.revision
        self.countries += ((key, UUID(one)) for one in said.get("countries", ()))
        self.themes += ((key, UUID(one)) for one in said.get("themes", ()))
        for row in _rows(entry, "participation"):
            if actor := _key(row.get("actor")):
                self.parts.append((key, actor, row.get("role", "")))
        for row in _rows(entry, "mechanism"):
            kind, status = row.get("mechanism_type", ""), row.get("status", "")
            self.mechanisms.append((key, _key(row.get("actor")), kind, status))

    def _take_actor(self, entry: PastEntry, said: Mapping[str, Any]) -> None:
        self.types[entry.key] = said.get("actor_type", "")
        if home := _key(said.get("home")):
            self.homes[entry.key] = home
        if body := _key(said.get("part_of")):
            self.part_of[entry.key] = body
        for row in _rows(entry, "membership"):
            if organisation := _key(row.get("organisation")):
                days = (_date(row.get("since_on")), _date(row.get("until_on")))
                self.members.append((entry.key, organisation, *days))

    def gathered(self, stand: Stand) -> PastCases:
        """What was taken, as it is asked."""
        rows = RowsOfCases(
            cases=self.cases,
            parts=self.parts,
            mechanisms=self.mechanisms,
            countries=self.countries,
            themes=self.themes,
        )
        around = Around(
            bodies=Bodies(self.part_of),
            memberships=Memberships(self.members),
            codes=self.codes,
            types=self.types,
            homes=self.homes,
        )
        by_key = {one.pk: one for one in self.cases}
        index = PastCaseIndex(rows, around, stand)
        return PastCases(stand, index, by_key, self.folded, self.revisions, self.addresses)


class TooManyCases(Exception):
    """There are so many that no answer is kept."""


def _gather(digest: str, stand: Stand, without: Collection[UUID]) -> PastCases:
    """digest: that of the stand, by which it is remembered."""
    if public_at(stand, ["case"]).count() > MOST_CASES:
        raise TooManyCases
    gathering = _Gathering()
    for entry in entries_at(stand, MADE_OF, without=without):
        gathering.take(entry)
    return gathering.gathered(stand)


_PAST: MemoryOfThePast[PastCases] = MemoryOfThePast(_gather, MOST_KEPT)


def past_cases(stand: Stand, without: frozenset[UUID]) -> PastCases:
    """All cases as they were then; without: the keys of what is retracted now. Raises TooManyCases."""
    return _PAST.recall(stand.digest, stand, without)


class ByPastAddresses(CaseFilter):
    """The filter of the list, which takes entries by the addresses that they had then.

    One that was renamed since is still meant, and one that nothing uses any more can still be asked for.
    """

    def __init__(self, data: QueryDict, past: PastCases, index: CaseIndex | None = None) -> None:
        """index: the cases that are asked; those of today, unless it is given."""
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


class PastCaseFilter(ByPastAddresses):
    """The same, asked of the cases as they were."""

    def __init__(self, data: QueryDict, past: PastCases) -> None:
        super().__init__(data, past, past.index)

    @cached_property
    def _named(self) -> Bits:
        """The cases whose names held the words."""
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


def _case(key: UUID, said: Mapping[str, Any]) -> Case:
    """The case, not stored, with the columns that lists show; what does not fit any more is left out."""
    case = Case(id=key, entry_ptr_id=key, kind="case", slug=said.get("slug", ""))
    for name in (*OF_A_ROW, *columns_of_text("title")):
        column: Any = Case._meta.get_field(name)
        if name in said:
            try:
                setattr(case, name, column.to_python(as_stored(column, said[name])))
            except (ValidationError, ValueError):
                continue
    return case


def _rows(entry: PastEntry, kind: str) -> Iterable[Mapping[str, Any]]:
    rows: Iterator[Mapping[str, Any]] = iter(entry.snapshot["rows"].get(kind, {}).values())
    return rows


def _key(text: Any) -> UUID | None:
    return UUID(text) if isinstance(text, str) and UUIDS.fullmatch(text) else None


def _date(text: Any) -> PartialDate | None:
    try:
        return PartialDate(text) if text else None
    except ValueError:
        return None
