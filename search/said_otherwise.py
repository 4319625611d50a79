"""What was typed, as a name of an entry that has it in its texts alone: short for one of its names, or one of
their words in the letters of another script or another hand.

An entry about the “Doha Document for Peace in Darfur (DDPD)” is called DDPD, one on Kashmir كشمير, and
Karabakh is قره باغ, whether or not somebody has given it that name.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from search.asking import Word
from search.skeletons import skeleton
from search.stemming import ARABIC, bare, says_something

# Shorter than this, letters are the first ones of some words by chance, and consonants the same.
LEAST_INITIALS, LEAST_IN_ANOTHER_SCRIPT, LEAST_IN_TWO_WORDS = 3, 3, 4


def said_otherwise(names: Sequence[str], text: str, words: Sequence[Word]) -> list[str]:
    """Further names of an entry: its own, with what was typed in them.

    names: folded; text: all its stems, with a space at each end; "" where it is known to have all words.

    >>> names = ["sudan doha document for peace in darfur 2011"]
    >>> said_otherwise(names, " the ddpd hold ", [Word("DDPD", "ddpd", ("ddpd",))])
    ['sudan ddpd 2011', 'ddpd']
    """
    known = {bare(one) for name in names for one in name.split()}
    unnamed = [word for word in words if known.isdisjoint((bare(word.folded), *word.in_one))]
    said = [
        word
        for word in unnamed
        if not word.also and (not text or any(f" {stem} " in text for stem in word.stems))
    ]
    if not said:
        return []
    together = [(before, behind) for before, behind in pairwise(words) if before in said and behind in said]
    found: dict[str, None] = {}
    for name in names:
        parts = name.split()
        for word in said:
            found |= dict.fromkeys(_in_short(parts, word.folded))
            found |= dict.fromkeys(_respelled(parts, word.folded, LEAST_IN_ANOTHER_SCRIPT))
        for before, behind in together:
            pair = (before.folded, behind.folded)
            found |= dict.fromkeys(_respelled(parts, " ".join(pair), LEAST_IN_TWO_WORDS))
    return [*found]


def _in_short(parts: Sequence[str], typed: str) -> Iterator[str]:
    """The name with these letters in place of the words that begin with them; and the letters alone."""
    if len(typed) < LEAST_INITIALS or not (typed.isascii() and typed.isalpha()):
        return
    counted = [number for number, one in enumerate(parts) if says_something(one)]
    at = "".join(parts[number][0] for number in counted).find(typed)
    if at >= 0:
        first, last = counted[at], counted[at + len(typed) - 1]
        yield " ".join((*parts[:first], typed, *parts[last + 1 :]))
        yield typed


def _respelled(parts: Sequence[str], typed: str, least: int) -> Iterator[str]:
    """The name with what was typed in place of a word of the same consonants, if it is another spelling.

    One word of the same script is left to the search: it looks for other spellings, and says so.
    """
    sound = skeleton(typed.replace(" ", ""))
    if len(sound) < least:
        return
    for number, one in enumerate(parts):
        is_of_another_script = bool(ARABIC.match(one)) != bool(ARABIC.match(typed))
        if (is_of_another_script or " " in typed) and skeleton(one) == sound:
            yield " ".join((*parts[:number], typed, *parts[number + 1 :]))
