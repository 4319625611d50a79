"""What the search finds among all that is published: the port to the index, and the order above it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Substr
from django.utils.translation import override

from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry, SearchDocument, SearchWord
from publishing.models.entry import kinds
from publishing.vocabulary import EntryState
from search.asking import Asked, Word, read
from search.engines import ANYWHERE, NAMES, WHOLE, engine_of
from search.ranking import Candidate, score
from search.skeletons import is_respelled, skeleton, slips_allowed
from search.skeletons import nearest as nearest_of
from search.stemming import bare, stem, stems

# So many of each kind are put in order; behind them stands what the index gave first.
MOST_RANKED = 40
# So many of each kind are counted.
MOST_COUNTED = 1000
# So many letters of a text are read to put it in order: what matters most is said first.
MOST_READ = 5_000
# So many words are looked through for one that was meant.
MOST_WORDS = 40_000
MOST_SUGGESTED = 10
# So many words that occur nowhere are replaced by others; each costs some questions.
MOST_REPAIRED = 3
SHORTEST_PREFIX = 2

TABLE = SearchDocument._meta.db_table
# Whether readers see the entry of a document.
IN_SIGHT = (
    "JOIN publishing_entry AS entry ON entry.id = document.entry_id AND entry.is_in_use AND entry.state = %s"
)


@dataclass(frozen=True)
class Repair:
    """A word that occurs nowhere, and those that were looked for instead."""

    typed: str
    instead: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """The answer. keys: of documents, the best first, with the kind; counts: by kind, at most one more than
    MOST_COUNTED.
    """

    asked: Asked
    keys: dict[int, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    # Other spellings that were looked for too.
    respelled: tuple[str, ...] = ()
    # Whether nothing has all of the words, and these have some.
    has_some_words: bool = False


def search(typed: str, *, kind: str = "", is_literal: bool = False) -> Found:
    """What answers the text; of one kind where one is named.

    is_literal: whether words stay as they are typed, also those that occur nowhere.
    """
    asked = read(typed)
    if not asked:
        return Found(asked)
    wider, respelled = (asked, ()) if is_literal else _widened(asked)
    if counts := _counts(wider):
        return Found(wider, _ranked(wider, kind, counts), counts, respelled=respelled)
    repairs: list[Repair] = []
    if not is_literal:
        asked, repairs = _repaired(asked)
        asked, respelled = _widened(asked)
        if repairs and (counts := _counts(asked)):
            return Found(asked, _ranked(asked, kind, counts), counts, tuple(repairs))
    if len(asked.words) + len(asked.phrases) > 1 and (counts := _counts(asked, is_any=True)):
        keys = _ranked(asked, kind, counts, is_any=True)
        return Found(asked, keys, counts, tuple(repairs), has_some_words=True)
    return Found(asked)


def complete(prefix: str) -> list[Entry]:
    """Entries of whose name a word begins as what was typed last, and which have all words before."""
    asked = read(prefix)
    if not asked.words or len(asked.words[-1].folded) < SHORTEST_PREFIX:
        return []
    last = asked.words[-1]
    begun = tuple(dict.fromkeys(stem(one.word) for one in _beginning(last.folded)))
    asked = asked.instead({last.folded: replace(last, stems=(*last.stems, *begun))})
    keys = _candidates(asked, [*kinds()], [WHOLE, NAMES], is_any=False)
    ranked = [*_in_order(asked, keys)][:MOST_SUGGESTED]
    return [one.entry for one in documents(ranked)]


def nearest(word: Word) -> list[SearchWord]:
    """Words of names that were likely meant, the nearest first."""
    if begun := _beginning(word.folded):
        return begun[:3]
    length, allowed = len(word.folded), slips_allowed(word.folded)
    lookalikes = Q(letters__range=(length - allowed, length + allowed)) if allowed else Q(pk__in=[])
    sounds = Q(skeleton=skeleton(word.folded)) if skeleton(word.folded) else Q(pk__in=[])
    found = SearchWord.objects.filter(lookalikes | sounds)[:MOST_WORDS]
    rows = {one.word: one for one in found}
    return [rows[one] for one in nearest_of(word.folded, rows)]


def documents(keys: Sequence[int]) -> list[SearchDocument]:
    """The documents of these keys in their order, with their entries and texts."""
    rows = SearchDocument.objects.select_related("entry").defer("body", "names", "wholes")
    found = {one.pk: one for one in rows.filter(pk__in=keys)} if keys else {}
    return [found[key] for key in keys if key in found]


def _beginning(prefix: str) -> list[SearchWord]:
    """Words of names that begin so, the shortest first."""
    if len(prefix) < SHORTEST_PREFIX:
        return []
    begun = Q()
    for one in {prefix, bare(prefix)}:
        begun |= Q(word__gte=one, word__lt=f"{one}\U0010ffff")
    found = SearchWord.objects.filter(begun)
    return [*found.order_by("letters", "word")[:MOST_SUGGESTED]]


def _widened(asked: Asked) -> tuple[Asked, tuple[str, ...]]:
    """With the other spellings of names beside each; and these, as they are shown."""
    sounds = {skeleton(one.folded) for one in asked.words} - {""}
    rows = [*SearchWord.objects.filter(skeleton__in=sounds).order_by("word")] if sounds else []
    instead: dict[str, Word] = {}
    shown: dict[str, None] = {}
    for word in asked.words:
        alike = [one for one in rows if is_respelled(word.folded, one.word)]
        if word.folded not in {one.word for one in alike}:
            # These are shown: no name may be among them that nothing public has any longer.
            alike = [one for one in alike if _occurs_stem(stem(one.word))]
        new = {stem(one.word): one.shown for one in alike if stem(one.word) not in word.stems}
        if new:
            # Where no name has the word as it is typed, the nearest that has it stands for it.
            written = word.folded if word.folded in {one.word for one in alike} else None
            nearest_one = written or nearest_of(word.folded, [one.word for one in alike])[0]
            instead[word.folded] = replace(word, folded=nearest_one, stems=(*word.stems, *new))
            shown |= {} if written else dict.fromkeys(new.values())
    return asked.instead(instead), tuple(shown)


def _repaired(asked: Asked) -> tuple[Asked, list[Repair]]:
    """With the nearest words in place of those that occur nowhere."""
    repairs: list[Repair] = []
    instead: dict[str, Word] = {}
    for word in asked.words:
        if len(repairs) == MOST_REPAIRED:
            break
        if _occurs(Asked(words=(word,))):
            continue
        near = [one for one in nearest(word) if _occurs_stem(stem(one.word))]
        if near:
            meant = tuple(dict.fromkeys(stem(one.word) for one in near))
            instead[word.folded] = Word(near[0].shown, near[0].word, meant)
            repairs.append(Repair(word.typed, tuple(dict.fromkeys(one.shown for one in near))))
    return asked.instead(instead), repairs


def _occurs_stem(found: str) -> bool:
    return _occurs(Asked(words=(Word("", "", (found,)),)))


def _occurs(asked: Asked) -> bool:
    return bool(_candidates(asked, [*kinds()], [ANYWHERE], is_any=False, most=1))


def _counts(asked: Asked, *, is_any: bool = False) -> dict[str, int]:
    """How many answer, by kind; counting ends behind MOST_COUNTED."""
    parts, values = [], []
    for kind in kinds():
        sql, parameters = _of_kind(asked, kind, ANYWHERE, MOST_COUNTED + 1, is_any=is_any)
        parts.append(f"SELECT '{kind}', count(*) FROM ({sql}) AS found")  # noqa: S608 - no values
        values += parameters
    return {kind: number for kind, number in _rows(" UNION ALL ".join(parts), values) if number}


def _candidates(
    asked: Asked, of_kinds: Iterable[str], levels: Iterable[str], *, is_any: bool, most: int = MOST_RANKED
) -> list[Any]:
    """The keys of those that may answer, of each kind and from each level so many."""
    parts, values = [], []
    for level in levels:
        if level == WHOLE and not asked.names:
            continue
        for kind in of_kinds:
            sql, parameters = _of_kind(asked, kind, level, most, is_any=is_any)
            parts.append(f"SELECT id FROM ({sql}) AS found")  # noqa: S608 - no values
            values += parameters
    return [key for (key,) in _rows(" UNION ".join(parts), values)] if parts else []


def _of_kind(asked: Asked, kind: str, where: str, most: int, *, is_any: bool) -> tuple[str, list[Any]]:
    engine = engine_of(connection)
    source, condition, values = engine.answers(TABLE, asked, where, kind, is_any=is_any)
    sql = f"SELECT document.id AS id FROM {source} {IN_SIGHT} WHERE {condition} LIMIT {int(most)}"  # noqa: S608
    return sql, [EntryState.PUBLISHED, *values]


def _ranked(asked: Asked, kind: str, counts: dict[str, int], *, is_any: bool = False) -> dict[int, str]:
    of_kinds = [kind] if kind else [*counts]
    keys = _candidates(asked, of_kinds, [WHOLE, NAMES, ANYWHERE], is_any=is_any)
    if kind and counts.get(kind, 0) > MOST_RANKED:
        more = _candidates(asked, of_kinds, [ANYWHERE], is_any=is_any, most=MOST_COUNTED)
        best = _in_order(asked, keys)
        return {**best, **dict.fromkeys(sorted({*more} - {*best}), kind)}
    return _in_order(asked, keys)


def _in_order(asked: Asked, keys: list[int]) -> dict[int, str]:
    columns = ("pk", "kind", "called", "names", Substr("body", 1, MOST_READ), "entry__slug")
    rows = SearchDocument.objects.filter(pk__in=keys).values_list(*columns)
    weights = {name: kind.SEARCH_WEIGHT for name, kind in kinds().items()}
    scored = [
        (-score(Candidate(called, names, body, weights[kind], _implied(kind)), asked), slug, key, kind)
        for key, kind, called, names, body, slug in rows
    ]
    return {key: kind for _score, _slug, key, kind in sorted(scored)}


@cache
def _implied(kind: str) -> frozenset[str]:
    """The words for the kind, in each language: a ceasefire in Lebanon is a case of Lebanon."""
    found: set[str] = set()
    for language in PAGE_LANGUAGES:
        with override(language):
            found.update(stems(str(kinds()[kind]._meta.verbose_name)))
    return frozenset(found)


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
