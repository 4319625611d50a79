"""Which entries somebody may mean by a name, and how sure that is: never by likeness alone."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from rapidfuzz import fuzz

from exchange.columns import ELSEWHERE, Column
from exchange.tables import Table
from publishing import finding
from publishing.models import Entry, SearchDocument
from publishing.models.entry import kinds
from publishing.models.names import answering, has_name
from search.folding import folded, spellings

KINDS = ("actor", "case", "source")
# Of so many that have exactly the name, more are not needed to see that it is not theirs alone.
MOST_NAMED = 20
CERTAIN, ALIKE, FOR_A_PROPERTY = 100.0, 90.0, 5.0


@dataclass(frozen=True)
class Question:
    """A name or a number, what kinds it may be of, and what else is known: names of columns and values."""

    text: str
    kinds: tuple[str, ...]
    limit: int
    known: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass
class Candidate:
    """An entry that may be meant. is_exact: whether it has the name, or the number, itself."""

    entry: Entry
    is_exact: bool
    likeness: float
    properties: dict[str, bool] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """From 0 to 100; only what is exact has 100."""
        if self.is_exact:
            return CERTAIN
        points = FOR_A_PROPERTY * sum(self.properties.values())
        return round(min(self.likeness * ALIKE / 100 + points, CERTAIN - 1), 1)


def candidates(question: Question) -> tuple[list[Candidate], bool]:
    """Those that may be meant, the likeliest first; whether the first is, as it alone has just that name."""
    numbered = _by_number(question)
    keys = dict.fromkeys([*numbered, *_named(question)])
    if len(keys) < question.limit and question.text:
        found = answering(_entries(question), question.text)
        keys |= dict.fromkeys(found.values_list("pk", flat=True)[: question.limit])
    if not keys and question.text and question.kinds:
        keys = dict.fromkeys(_nearly(question))
    documents = SearchDocument.objects.filter(entry__in=[*keys]).select_related("entry")
    columns = ("entry", "called", "kind")
    made = [_candidate(one, question, numbered) for one in documents.only(*columns).order_by("pk")]
    _compare(made, question.known)
    best = sorted(made, key=lambda one: (-one.score, one.entry.slug))
    return best[: question.limit], sum(one.is_exact for one in best) == 1


def _entries(question: Question) -> Any:
    return Entry.objects.in_sight().filter(kind__in=question.kinds)


def _by_number(question: Question) -> list[UUID]:
    """Those with that key, or that number in a catalogue, or identified by that text."""
    known = dict(question.known).get(ELSEWHERE.name, ())
    found: dict[UUID, None] = {}
    for text in (question.text, *known):
        scheme, _colon, value = text.partition(":")
        condition = Q(external_ids__scheme=scheme, external_ids__value=value) if value else Q(pk__in=[])
        with suppress(ValueError):
            condition |= Q(pk=UUID(text))
        found |= dict.fromkeys(_entries(question).filter(condition).values_list("pk", flat=True)[:MOST_NAMED])
    for kind in question.kinds if question.text else ():
        model: Any = kinds()[kind]
        for name in model.IDENTIFIED_BY:
            same = model._default_manager.in_sight().filter(**{name: question.text})
            found |= dict.fromkeys(same.values_list("pk", flat=True)[:MOST_NAMED])
    return [*found]


def _named(question: Question) -> Iterable[UUID]:
    """Those of which some line of what they are found by is exactly the text."""
    if not question.text:
        return ()
    return _entries(question).filter(has_name([question.text])).values_list("pk", flat=True)[:MOST_NAMED]


def _nearly(question: Question) -> list[UUID]:
    """Those that the search of the casebook finds, with other spellings and without slips."""
    answer = finding.search(question.text).keys
    of_kinds = {kind: [key for key, one in answer.items() if one == kind] for kind in question.kinds}
    keys = [key for several in of_kinds.values() for key in several[: question.limit]]
    found = dict(SearchDocument.objects.filter(pk__in=keys).values_list("pk", "entry"))
    return [found[key] for key in keys if key in found]


def _candidate(document: SearchDocument, question: Question, numbered: Sequence[UUID]) -> Candidate:
    """Exact is a whole name; the publisher of a source is also in what it is found by, and no name of it."""
    names = document.called.splitlines()
    is_exact = document.entry_id in numbered or not {*names}.isdisjoint(spellings(question.text))
    asked = folded(question.text)
    likeness = max((fuzz.token_sort_ratio(asked, name) for name in names), default=0.0)
    return Candidate(document.entry, is_exact, likeness)


def _compare(found: Sequence[Candidate], known: Sequence[tuple[str, tuple[str, ...]]]) -> None:
    """Say of each what it has of what is known."""
    if not known:
        return
    rows = cells_of([one.entry for one in found])
    for one in found:
        row = rows.get(one.entry.pk, {})
        for name, values in known:
            if name in row:
                own = {folded(text) for text in texts_of(row[name])}
                one.properties[name] = any(folded(value) in own for value in values)


# --- what is known of entries ----------------------------------------------------------------


@cache
def columns_of_kind(kind: str) -> Mapping[str, Column]:
    """The columns that can be compared and asked for, by name."""
    table = Table(kinds()[kind], settings.LANGUAGE_CODE, with_prose=False)
    return {one.name: one for one in table.columns}


def cells_of(entries: Iterable[Entry]) -> dict[UUID, dict[str, Any]]:
    """The cells of the entries by key and name of column; a few statements for each kind."""
    of_kinds: dict[str, list[Entry]] = {}
    for entry in entries:
        of_kinds.setdefault(entry.kind, []).append(entry)
    found: dict[UUID, dict[str, Any]] = {}
    for kind, some in of_kinds.items():
        table = Table(kinds()[kind], settings.LANGUAGE_CODE, with_prose=False)
        names = [one.name for one in table.columns]
        for page in table.pages(b"".join(one.pk.bytes for one in some)):
            found |= {UUID(row[0]): dict(zip(names, row, strict=True)) for row in page}
    return found


def texts_of(value: Any) -> list[str]:
    """The value as texts: none where nothing is known, several of a list."""
    if isinstance(value, list):
        return [str(one) for one in value]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    return [] if value is None or value == "" else [str(value)]
