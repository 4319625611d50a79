"""What was typed into the search box, taken apart: words, phrases in quotation marks, what is left out."""

import re
from dataclasses import dataclass, replace

from search.folding import folded, joined
from search.queries import MAX_LENGTH, MAX_WORDS
from search.stemming import ARABIC, LEAST, bare, says_something, stem, stems, wholes

QUOTED = re.compile(r"(?P<without>(?<!\S)[-−])?[\"“”„«»](?P<phrase>[^\"“”„«»]*)[\"“”„«»]")
# The endings of two of something that ends with ة.
DUALS, DUAL = ("تان", "تين"), 3
# "Of" and "for" are written to the word that follows.
OF = "ل"
# UNEF 2 is UNEF II; single letters are no words.
ROMAN = {"2": "ii", "3": "iii", "4": "iv", "6": "vi", "7": "vii", "8": "viii", "9": "ix"}
NUMBERS = {**ROMAN, **{letters: digit for digit, letters in ROMAN.items()}}
LEFT_OUT = re.compile(r"(?<!\S)[-−](?P<word>[^\s\-−]\S*)")


@dataclass(frozen=True)
class Word:
    """A word that is asked for: as it was typed, folded, and the stems of which one must be there.

    also: stems of other spellings, which answer less well. in_one: what it is together with its neighbour,
    folded: “cease” and “fire” are a ceasefire.
    """

    typed: str
    folded: str
    stems: tuple[str, ...]
    also: tuple[str, ...] = ()
    in_one: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """All stems that answer it."""
        return (*self.stems, *self.also)


@dataclass(frozen=True)
class Asked:
    """What is asked for. phrases and without: each a run of stems, of which a word has one.

    passed_over: words that say too little to be looked for, and those behind the last that is read.
    whole_names: as which names it is looked for, where that is not all of it.
    """

    typed: str = ""
    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    passed_over: tuple[str, ...] = ()
    whole_names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)

    @property
    def wanted(self) -> frozenset[str]:
        """All stems that answer, to be marked."""
        return frozenset(
            one for run in (*(word.answers for word in self.words), *self.phrases) for one in run
        )

    @property
    def names(self) -> list[str]:
        """All of it as one name, in each spelling."""
        return [*self.whole_names] or wholes(
            " ".join((*(word.typed for word in self.words), *map(" ".join, self.phrases)))
        )

    @property
    def runs(self) -> "Asked":
        """Looked for by what stands together in it, as names: “RSF” and “Sudan” of “RSF Sudan”."""
        typed = [word.typed for word in self.words]
        runs = [
            " ".join(typed[start:end])
            for start in range(len(typed))
            for end in range(start + 1, len(typed) + 1)
            if end - start < len(typed)
        ]
        return replace(self, whole_names=tuple(dict.fromkeys(one for run in runs for one in wholes(run))))

    @property
    def is_widened(self) -> bool:
        """Whether other spellings are asked for too."""
        return any(word.also for word in self.words)

    @property
    def as_typed(self) -> "Asked":
        """Without other spellings."""
        return replace(self, words=tuple(replace(word, also=()) for word in self.words))

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
    together: list[Word] = []
    passed_over: dict[str, None] = {}
    for one in rest.split():
        several = _words(one)
        together += several
        if not several and folded(one):
            passed_over[one] = None
    words: dict[str, Word] = {}
    for word in together:
        words.setdefault(word.folded, word)
    read_words, unread = [*words.values()][:MAX_WORDS], [*words.values()][MAX_WORDS:]
    return Asked(
        typed,
        (*read_words,),
        tuple(phrases[:MAX_WORDS]),
        tuple(without[:MAX_WORDS]),
        (*passed_over, *(word.typed for word in unread)),
    )


def _words(typed: str) -> list[Word]:
    """The words of what stands between two spaces: "Sana'a" is one, "cessez-le-feu" are two."""
    every = folded(typed).split()
    parts = [one for one in every if says_something(one)]
    together = joined(typed)
    # Two words for some, and one for others: cease-fire. And of Sana'a only the whole is a name.
    also = () if " " in together else (stem(together),)
    if len(parts) == 1:
        is_whole = len(every) > 1 and every[0] == parts[0] and len(parts[0]) >= LEAST and also
        return [Word(typed, together, also) if is_whole else Word(typed, parts[0], _forms(parts[0]))]
    in_one = (together,) if also else ()
    return [Word(one, one, (*_forms(one), *also), in_one=in_one) for one in parts]


def _forms(word: str) -> tuple[str, ...]:
    """The stem of the folded word, and those of other forms of it that say the same.

    Of names the index has each word as it is written: “of the liberation” is one there.

    >>> _forms("هدنتين"), _forms("صنعا"), _forms("truces"), _forms("2")
    (('هدنت', 'هدن', 'لهدنت'), ('صنع', 'صنعاء', 'لصنع'), ('truc',), ('2', 'ii'))
    """
    others = [f"{word[:-DUAL]}ه"] if word.endswith(DUALS) and len(word) > DUAL + 2 else []
    if word.endswith("ا") and len(word) > LEAST:
        others.append(f"{word}ء")
    if ARABIC.match(word) and len(word) > LEAST:
        others.append(f"{OF}{bare(word)}")
    if word in NUMBERS:
        others.append(NUMBERS[word])
    return tuple(dict.fromkeys((stem(word), *map(stem, others))))
