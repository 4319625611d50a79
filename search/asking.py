"""What was typed into the search box, taken apart: words, phrases in quotation marks, what is left out."""

import re
from dataclasses import dataclass, replace

from search.folding import folded, joined
from search.queries import MAX_LENGTH, MAX_WORDS
from search.stemming import says_something, stem, stems, wholes

QUOTED = re.compile(r"(?P<without>(?<!\S)[-−])?[\"“”„«»](?P<phrase>[^\"“”„«»]*)[\"“”„«»]")
LEFT_OUT = re.compile(r"(?<!\S)[-−](?P<word>[^\s\-−]\S*)")


@dataclass(frozen=True)
class Word:
    """A word that is asked for: as it was typed, folded, and the stems of which one must be there."""

    typed: str
    folded: str
    stems: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """What is asked for. phrases and without: each a run of stems, of which a word has one."""

    typed: str = ""
    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)

    @property
    def wanted(self) -> frozenset[str]:
        """All stems that answer, to be marked."""
        return frozenset(one for run in (*(word.stems for word in self.words), *self.phrases) for one in run)

    @property
    def names(self) -> list[str]:
        """All of it as one name, in each spelling."""
        return wholes(" ".join((*(word.typed for word in self.words), *map(" ".join, self.phrases))))

    def instead(self, words: dict[str, Word]) -> "Asked":
        """With other words in place of some; words: by folded word."""
        return replace(self, words=tuple(words.get(one.folded, one) for one in self.words))


def read(typed: str) -> Asked:
    """What the text asks; it is empty where nothing in it can be looked for.

    >>> asked = read('ceasefires "Arab League" -Yemen')
    >>> [one.stems for one in asked.words], asked.phrases, asked.without
    ([('ceasefir',)], (('arab', 'leagu'),), (('yemen',),))
    """
    phrases: list[tuple[str, ...]] = []
    without: list[tuple[str, ...]] = []
    rest = typed = typed[:MAX_LENGTH]
    for found in QUOTED.finditer(typed):
        run = tuple(stems(found["phrase"]))[:MAX_WORDS]
        if run:
            (without if found["without"] else phrases).append(run)
        rest = rest.replace(found[0], " ", 1)
    for found in LEFT_OUT.finditer(rest):
        if run := tuple(stems(found["word"])):
            without.append(run)
    rest = LEFT_OUT.sub(" ", rest)
    words: dict[str, Word] = {}
    for one in rest.split():
        for word in _words(one):
            words.setdefault(word.folded, word)
    return Asked(
        typed, (*words.values(),)[:MAX_WORDS], tuple(phrases[:MAX_WORDS]), tuple(without[:MAX_WORDS])
    )


def _words(typed: str) -> list[Word]:
    """The words of what stands between two spaces: "Sana'a" is one, "cessez-le-feu" are two."""
    parts = [one for one in folded(typed).split() if says_something(one)]
    if len(parts) == 1:
        return [Word(typed, parts[0], (stem(parts[0]),))]
    together = joined(typed)
    # Two words for some, and one for others: cease-fire.
    also = () if " " in together else (stem(together),)
    return [Word(one, one, (stem(one), *also)) for one in parts]
