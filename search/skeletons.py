"""Words that sound alike: what is left of a word without its vowels, whether written in Latin or in Arabic.

One name is written in many ways: Hodeidah, Hudayda and الحديدة. Their consonants, brought to a few, are the
same. Words are looked up by it, and then compared letter by letter.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from search.stemming import ARABIC

ROMANISED = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويء",
        "a b t th j h kh d dh r z s sh s d t z - gh f q k l m n h w y -".replace("-", "").split(" "),
        strict=True,
    )
)
# Letters that are written for one another, in this order.
ALIKE = (
    (re.compile("^(?:al|el)(?=[^aeiouy]{1,2}[aeiouy].{2})"), ""),
    (re.compile("ph"), "f"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("ch$"), "k"),
    (re.compile("tch|dj|ch|sh|sch"), "j"),
    (re.compile("ou|w|v"), "u"),
    (re.compile("kh|gh|qu?|ck?|g|x"), "k"),
    (re.compile("dh|th"), "t"),
    (re.compile("d"), "t"),
    (re.compile("z|ç"), "s"),
    (re.compile("[aeiouy]|(?<!^)h"), ""),
)
LEAST_CONSONANTS = 2
# Shorter words, and words that differ in more of their letters, sound alike by chance.
LEAST_OF_RESPELLED, MOST_RESPELLED = 3, 0.45


def romanised(word: str) -> str:
    """The folded word in Latin letters, without the article.

    >>> romanised("الحديده"), romanised("hodeidah")
    ('hdydh', 'hodeidah')
    """
    if not ARABIC.match(word):
        return word
    if word.startswith("ال") and len(word) > 4:
        word = word[2:]
    return "".join(ROMANISED.get(letter, letter) for letter in word)


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """What is left of the folded word; "" where that would say too little.

    >>> skeleton("hodeidah") == skeleton("hudayda") == skeleton("الحديده")
    True
    """
    left = romanised(word)
    for pattern, instead in ALIKE:
        left = pattern.sub(instead, left)
    return left if len(left) >= LEAST_CONSONANTS else ""


def slips_allowed(word: str) -> int:
    """So many letters may be wrong in a word of that length."""
    return 0 if len(word) < 4 else 1 if len(word) < 6 else 2 if len(word) < 11 else 3


def is_respelled(word: str, other: str) -> bool:
    """Whether both are likely the same name, in other spellings of one script.

    >>> is_respelled("hodeidah", "hudaydah"), is_respelled("darfour", "darfur"), is_respelled("mali", "mole")
    (True, True, False)
    """
    sound = skeleton(word)
    is_alike = len(sound) >= LEAST_OF_RESPELLED and sound == skeleton(other)
    return is_alike and OSA.normalized_distance(word, other) <= MOST_RESPELLED


def nearest(word: str, candidates: Iterable[str], most: int = 3) -> list[str]:
    """Those of the candidates that the folded word is likely a slip of, the nearest first.

    >>> nearest("hezbolah", ["hezbollah", "helsinki", "lebanon"])
    ['hezbollah']
    """
    allowed = slips_allowed(word)
    found = []
    for one in candidates:
        slips: float = OSA.distance(word, one, score_cutoff=allowed)
        if slips > allowed:
            if not skeleton(word) or skeleton(one) != skeleton(word):
                continue
            # They sound alike: the further they are apart, the less likely one is meant.
            slips = allowed + OSA.normalized_distance(romanised(word), romanised(one))
        elif skeleton(one) == skeleton(word):
            slips -= 0.5
        elif one[:1] != word[:1]:
            slips += 0.5
        found.append((slips, one))
    found.sort()
    return [one for slips, one in found if slips <= found[0][0] + 0.25][:most] if found else []
