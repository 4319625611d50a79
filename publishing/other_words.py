"""Other words than those that were typed: other spellings of a name, and what a misspelt word likely meant.

Nothing of this is done in silence: whatever else is looked for is named, and the page says it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.db.models import Q

from publishing.models import SearchDocument, SearchWord
from publishing.models.entry import kinds
from publishing.search_index import candidates, occurring
from search.asking import Asked, Word
from search.engines import NAMES
from search.skeletons import (
    completes,
    in_order_of_likeness,
    is_respelled,
    skeleton,
    slips_allowed,
    sounds_just_like,
)
from search.skeletons import nearest as nearest_of
from search.stemming import ARABIC, bare, of_agreements, stem

# So many words are looked through for one that was meant.
MOST_WORDS = 40_000
MOST_SUGGESTED = 10
# So many words that occur nowhere are replaced by others; each costs some questions.
MOST_REPAIRED = 3
SHORTEST_PREFIX = 2
# Of so many words other spellings are looked for, and of each so many of those that sound like it.
MOST_WIDENED, MOST_ALIKE = 3, 4
# Words that are written apart by some, and in one by others, are no shorter.
LEAST_OF_PAIR = 3
# Two words are one name where so large a part of all that are called by the one are called by the other, too.
SAME_NAME = 0.2


@dataclass(frozen=True)
class Repair:
    """A word that occurs nowhere, and those that were looked for instead: none where none is near."""

    typed: str
    instead: tuple[str, ...]


def widened(asked: Asked) -> tuple[Asked, tuple[str, ...]]:
    """With the other spellings of names beside each; and these, as they are shown.

    A word that stands in names is the same name as another only where entries are often called both: a truce
    is no trace. One that stands in none is taken for another spelling of those that sound like it; what has
    only these answers less well than what has the word itself.
    """
    pairs = _pairs(asked.words)
    rows = _known(asked, pairs)
    alike = {word: _alike(word, rows) for word in asked.words}
    asking = [word for word in asked.words if alike[word]]
    twins = _called_both([one for one in asking if one.folded in rows][:MOST_WIDENED], alike)
    sounding = [word for word in asking if word.folded not in rows][:MOST_WIDENED]
    in_one = [rows[one] for one in pairs if one in rows]
    # No name may be among them that nothing public has any longer.
    public = occurring(
        [_only(one) for several in (in_one, *map(alike.get, sounding)) for one in several or ()]
    )
    instead: dict[str, Word] = {}
    shown: dict[str, None] = {}
    for word in asking:
        if word in twins:
            others = twins[word]
            instead[word.folded] = replace(word, stems=(*word.stems, *map(_stem, others)))
        elif others := [one for one in alike[word] if word in sounding and _only(one) in public]:
            # The nearest stands for it, where no name has the word as it is typed.
            instead[word.folded] = _in_place_of(word, others)
        shown |= {one.shown: None for one in others}
    for one in in_one:
        if _only(one) in public:
            shown[one.shown] = None
            for word in pairs[one.word]:
                before = instead.get(word.folded, word)
                stems, joined = (*before.stems, _stem(one)), (*before.in_one, one.word)
                instead[word.folded] = replace(before, stems=stems, in_one=joined)
    for word in asked.words if len(asked.words) > 1 else ():
        if agreements := _for_agreement(word):
            before = instead.get(word.folded, word)
            instead[word.folded] = replace(before, stems=(*before.stems, *agreements))
            is_arabic = bool(ARABIC.match(word.folded))
            shown |= dict.fromkeys(one for one in agreements.values() if bool(ARABIC.match(one)) == is_arabic)
    return asked.instead(instead), (*shown,)


def _for_agreement(word: Word) -> dict[str, str]:
    """The other words for an agreement, by their stems, where this is one of them."""
    every = of_agreements()
    return (
        {}
        if every.keys().isdisjoint(word.stems)
        else {one: every[one] for one in every if one not in word.stems}
    )


def _known(asked: Asked, pairs: Iterable[str]) -> dict[str, SearchWord]:
    """The words of names that sound like one that is asked for, and those that are two of them in one."""
    sounds = {skeleton(one.folded) for one in asked.words} - {""}
    found = SearchWord.objects.filter(Q(skeleton__in=sounds) | Q(word__in=[*pairs]))
    return {one.word: one for one in found} if sounds else {}


def _alike(word: Word, rows: Mapping[str, SearchWord]) -> list[SearchWord]:
    """Those in another spelling, the likest first, one of each stem."""
    others = {one: row for one, row in rows.items() if one != word.folded and is_respelled(word.folded, one)}
    found: dict[str, SearchWord] = {}
    for one in in_order_of_likeness(word.folded, others):
        found.setdefault(_stem(one), one)
    return [one for stem_of, one in found.items() if stem_of not in word.stems][:MOST_ALIKE]


def _pairs(words: Sequence[Word]) -> dict[str, tuple[Word, Word]]:
    """What two words are in one: a cease fire is a ceasefire."""
    return {
        before.folded + behind.folded: (before, behind)
        for before, behind in pairwise(words)
        if all(one.folded.isalpha() and len(one.folded) >= LEAST_OF_PAIR for one in (before, behind))
    }


def repaired(asked: Asked) -> tuple[Asked, list[Repair]]:
    """With the nearest words in place of those that occur nowhere; those without any stay, and are named."""
    present = occurring(asked.words)
    absent = [word for word in asked.words if word not in present][:MOST_REPAIRED]
    meant = {word: nearest(word) for word in absent}
    public = occurring([_only(one) for several in meant.values() for one in several])
    repairs: list[Repair] = []
    instead: dict[str, Word] = {}
    for word, several in meant.items():
        near = [one for one in several if _only(one) in public]
        if near:
            stems = tuple(dict.fromkeys(stem(one.word) for one in near))
            instead[word.folded] = Word(near[0].shown, near[0].word, stems)
        repairs.append(Repair(word.typed, tuple(dict.fromkeys(one.shown for one in near))))
    return asked.instead(instead), repairs


def nearest(word: Word) -> list[SearchWord]:
    """Words of names that were likely meant, the nearest first."""
    begun = beginning(word.folded)
    if completed := [one for one in begun if completes(word.folded, one.word)]:
        return completed[:3]
    length, allowed = len(word.folded), slips_allowed(word.folded)
    if not allowed:
        return []
    words = SearchWord.objects.values_list("word", flat=True)
    # Thousands are compared, and three at most are read whole.
    lookalikes = words.filter(letters__range=(length - allowed, length + allowed))[:MOST_WORDS]
    sound = skeleton(word.folded)
    near = nearest_of(word.folded, [*lookalikes], words.filter(skeleton=sound) if sound else ())
    rows = SearchWord.objects.in_bulk(near) if near else {}
    return [rows[one] for one in near if one in rows]


def beginning(prefix: str) -> list[SearchWord]:
    """Words of names that begin so, the shortest first."""
    if len(prefix) < SHORTEST_PREFIX:
        return []
    begun = Q()
    for one in {prefix, bare(prefix)}:
        begun |= Q(word__gte=one, word__lt=f"{one}\U0010ffff")
    found = SearchWord.objects.filter(begun)
    return [*found.order_by("letters", "word")[:MOST_SUGGESTED]]


def _in_place_of(word: Word, others: Sequence[SearchWord]) -> Word:
    """The word with these instead: what sounds just like it is the same name, and answers as well."""
    forms = (*map(_stem, others),)
    if sounds_just_like(word.folded, others[0].word):
        return replace(word, folded=others[0].word, stems=(*word.stems, *forms))
    return replace(word, folded=others[0].word, also=forms)


def _stem(one: SearchWord) -> str:
    return stem(one.word)


def _only(one: SearchWord) -> Word:
    return Word(one.shown, one.word, (_stem(one),))


def _called_both(
    words: Iterable[Word], alike: Mapping[Word, Sequence[SearchWord]]
) -> dict[Word, list[SearchWord]]:
    """Of the words that sound like each, those that are the same name."""
    keys = {word: candidates(Asked(words=(word,)), [*kinds()], [NAMES]) for word in words}
    every = {key for several in keys.values() for key in several}
    called = SearchDocument.objects.filter(pk__in=every).values_list("pk", "called") if every else ()
    names = {key: [{*map(bare, line.split())} for line in one.split("\n")] for key, one in called}
    return {
        word: [
            one
            for one in alike[word]
            if sum(_are_both(word, one, names[key]) for key in several if key in names)
            >= max(1, len(several) * SAME_NAME)
        ]
        for word, several in keys.items()
    }


def _are_both(word: Word, other: SearchWord, names: Iterable[set[str]]) -> bool:
    """Whether one of the names has the one word, and another the other."""
    one, another = bare(word.folded), bare(other.word)
    found = {(one in name, another in name) for name in names}
    return {(True, False), (False, True)} <= found
