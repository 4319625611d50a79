"""What the search finds among all that is published, and in which order."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from django.db.models.functions import Substr
from django.utils.translation import override

from publishing.belonging import Belonging, belonging
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry, SearchDocument
from publishing.models.entry import kinds
from publishing.other_words import MOST_SUGGESTED, SHORTEST_PREFIX, Repair, beginning, repaired, widened
from publishing.search_index import MOST_COUNTED, MOST_RANKED, candidates, counts
from search.asking import Asked, Word, read
from search.engines import ANYWHERE, NAMES, WHOLE
from search.folding import folded
from search.queries import is_named
from search.ranking import Candidate, answers_as_typed, score
from search.stemming import stem, stems

# So many letters of a text are read to put it in order: what matters most is said first.
MOST_READ = 5_000
NOWHERE: Mapping[int, Belonging] = {}


@dataclass(frozen=True)
class Found:
    """The answer. keys: of documents, the best first, with the kind; counts: by kind, at most one more than
    MOST_COUNTED.

    repairs: words that occur nowhere. respelled: other spellings that were looked for too. has_some_words:
    whether nothing has all of the words, and these have some.
    """

    asked: Asked
    keys: dict[int, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    respelled: tuple[str, ...] = ()
    has_some_words: bool = False

    @property
    def is_repaired(self) -> bool:
        """Whether other words were looked for instead of some that occur nowhere."""
        return any(one.instead for one in self.repairs)


def search(typed: str, *, kind: str = "", is_literal: bool = False) -> Found:
    """What answers the text; of one kind where one is named.

    is_literal: whether words stay as they are typed, also those that occur nowhere.
    """
    asked = read(typed)
    if not asked:
        return _called_so(asked, kind)
    wider, respelled = (asked, ()) if is_literal else widened(asked)
    placed = belonging(wider)
    found: Mapping[str, int] = Counter(counts(wider)) + Counter(
        one.kind for one in placed.values() if not one.has_all
    )
    if found:
        return Found(wider, _ranked(wider, kind, found, placed=placed), {**found}, respelled=respelled)
    repairs: list[Repair] = []
    if not is_literal:
        asked, repairs = repaired(asked)
        asked, respelled = widened(asked)
        if repairs and (found := counts(asked)):
            return Found(asked, _ranked(asked, kind, found), found, (*repairs,), respelled)
    if len(asked.words) + len(asked.phrases) > 1 and (found := counts(asked, is_any=True)):
        keys = _ranked(asked, kind, found, is_any=True)
        return Found(asked, keys, found, (*repairs,), respelled, has_some_words=True)
    return Found(asked, repairs=(*repairs,))


def complete(prefix: str) -> list[Entry]:
    """Entries of whose name a word begins as what was typed last, and which have all words before."""
    asked = read(prefix)
    if not asked.words or len(asked.words[-1].folded) < SHORTEST_PREFIX:
        return []
    last = asked.words[-1]
    begun = tuple(dict.fromkeys(stem(one.word) for one in beginning(last.folded)))
    asked = asked.instead({last.folded: replace(last, stems=(*last.stems, *begun))})
    keys = candidates(asked, [*kinds()], [WHOLE, NAMES])
    ranked = [*_in_order(asked, keys)][:MOST_SUGGESTED]
    return [one.entry for one in documents(ranked)]


def _called_so(asked: Asked, kind: str) -> Found:
    """What is called as words that say too little to be looked for in texts: the UN, the AU."""
    if not asked.passed_over:
        return Found(asked)
    words = tuple(Word(one, folded(one), (folded(one),)) for one in asked.passed_over)
    named = SearchDocument.objects.filter(is_named("entry__names__folded", asked.passed_over))
    in_sight = named.filter(entry__in=Entry.objects.in_sight()).order_by("pk")
    found = dict(in_sight.values_list("pk", "kind")[:MOST_COUNTED])
    asked = replace(asked, words=words, passed_over=() if found else asked.passed_over)
    keys = _in_order(asked, [key for key, of_kind in found.items() if kind in ("", of_kind)])
    return Found(asked, keys, dict(Counter(found.values())))


def documents(keys: Sequence[int]) -> list[SearchDocument]:
    """The documents of these keys in their order, with their entries and texts."""
    rows = SearchDocument.objects.select_related("entry").defer("body", "names", "wholes")
    found = {one.pk: one for one in rows.filter(pk__in=keys)} if keys else {}
    return [found[key] for key in keys if key in found]


def _ranked(
    asked: Asked,
    kind: str,
    counts: Mapping[str, int],
    *,
    is_any: bool = False,
    placed: Mapping[int, Belonging] = NOWHERE,
) -> dict[int, str]:
    """In order: what has the words as they were typed stands before what has another spelling of them."""
    of_kinds, levels = [kind] if kind else [*counts], [WHOLE, NAMES, ANYWHERE]
    keys = candidates(asked, of_kinds, levels, is_any=is_any)
    typed = candidates(asked.as_typed, of_kinds, levels, is_any=is_any) if asked.is_widened else []
    there = [key for key, one in placed.items() if kind in ("", one.kind)]
    found = [*{*keys, *typed, *there}]
    best = _in_order(asked, found, {*typed, *there}, placed, has_all=not is_any)
    if kind and counts.get(kind, 0) > MOST_RANKED:
        more = candidates(asked, of_kinds, [ANYWHERE], is_any=is_any, most=MOST_COUNTED)
        return {**best, **dict.fromkeys(sorted({*more} - {*best}), kind)}
    return best


def _in_order(
    asked: Asked,
    keys: list[int],
    typed: set[int] | frozenset[int] = frozenset(),
    placed: Mapping[int, Belonging] = NOWHERE,
    *,
    has_all: bool = True,
) -> dict[int, str]:
    """typed: the keys of some of those that have the words as they were typed.

    has_all: whether each has all words, but for those that answer because of where they belong.
    """
    columns = ("pk", "kind", "called", "names", Substr("body", 1, MOST_READ), "entry__slug")
    rows = SearchDocument.objects.filter(pk__in=keys).values_list(*columns)
    weights = {name: kind.SEARCH_WEIGHT for name, kind in kinds().items()}
    scored = []
    for key, kind, called, names, body, slug in rows:
        if key in placed:
            called = "\n".join((called, *placed[key].called))
            names = "\n".join((names, *(" ".join(stems(one)) for one in placed[key].called)))
        one = Candidate(called, names, body, weights[kind], _implied(kind), has_all and key not in placed)
        is_other = key not in typed and not answers_as_typed(one, asked)
        scored.append((is_other, -score(one, asked), slug, key, kind))
    return {key: kind for *_order, key, kind in sorted(scored)}


@cache
def _implied(kind: str) -> frozenset[str]:
    """The words for the kind, in each language: a ceasefire in Lebanon is a case of Lebanon."""
    found: set[str] = set()
    for language in PAGE_LANGUAGES:
        with override(language):
            found.update(stems(str(kinds()[kind]._meta.verbose_name)))
    return frozenset(found)
