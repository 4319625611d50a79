"""Words that sound alike: what is left of a word without its vowels, whether written in Latin or in Arabic.

One name is written in many ways: Hodeidah, Hudayda and الحديدة. Their consonants, brought to a few, are the
same. Words are looked up by it, and then compared letter by letter.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.stemming import ARABIC, bare

Other = TypeVar("Other")

ROMANISED = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويء",
        "a b t th j h kh d dh r z s sh s d t z - gh f q k l m n h w y -".replace("-", "").split(" "),
        strict=True,
    )
)
# Letters that are written for one another, in this order.
ARTICLE = re.compile("^(?:al|el)(?=[^aeiouy]{1,2}[aeiouy].{2})")
VOWEL = re.compile("[aeiou]")
ALIKE = (
    (ARTICLE, ""),
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
# How a word sounds, its vowels too: letters that are written for the same sound, in this order.
SOUNDS = (
    (ARTICLE, ""),
    (re.compile("ph"), "f"),
    (re.compile("tch|dj"), "ĵ"),
    (re.compile("sch|sh"), "ŝ"),
    (re.compile("kh|gh|ch$"), "x"),
    (re.compile("ch"), "ĵ"),
    (re.compile("qu?|ck?|x"), lambda found: "x" if found[0] == "x" else "k"),
    (re.compile("ee|ie|y"), "i"),
    (re.compile("oo|ou|w"), "u"),
    (re.compile("a[ei]|ei"), "e"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("(?<=[aeiou])h$"), ""),
)
# Arabic letters that many say, and write, alike.
SAID_ALIKE = str.maketrans("صطظذث", "ستضزس")
# What sounds just alike in fewer letters does so by chance.
LEAST_SOUNDED = 4
# Shorter words, and words that differ in more of their letters, sound alike by chance.
LEAST_OF_RESPELLED, MOST_RESPELLED = 3, 0.45
# So many letters are a beginning, however long the word.
LEAST_BEGUN = 4


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


@lru_cache(maxsize=20_000)
def sounded(word: str) -> str:
    """The folded word as it sounds, in its own script and without the article.

    >>> sounded("huthees") == sounded("houthis"), sounded("karabach") == sounded("karabakh")
    (True, True)
    >>> sounded("فلصطين") == sounded("فلسطين"), sounded("truce") == sounded("trace")
    (True, False)
    """
    if ARABIC.match(word):
        return bare(word).translate(SAID_ALIKE)
    for pattern, instead in SOUNDS:
        word = pattern.sub(instead, word)
    return word


def sounds_just_like(word: str, other: str) -> bool:
    """Whether both are read aloud alike: the same name, in the letters of another hand.

    >>> sounds_just_like("hamass", "hamas"), sounds_just_like("basher", "bashar")
    (True, False)
    """
    return len(word) >= LEAST_SOUNDED and len(other) >= LEAST_SOUNDED and sounded(word) == sounded(other)


def slips_allowed(word: str) -> int:
    """So many letters may be wrong in a word of that length, which an article does not make longer.

    At most a third of them; of a number none, for each is another number.
    """
    length = 0 if word.isdigit() else len(bare(word))
    return 0 if length < 4 else 1 if length < 6 else 2 if length < 11 else 3


def completes(typed: str, word: str) -> bool:
    """Whether what was typed is enough of the beginning of the folded word to be meant as such.

    >>> completes("hezb", "hezbollah"), completes("mal", "mali"), completes("me", "mediation")
    (True, True, False)
    """
    return len(typed) >= LEAST_BEGUN or (len(typed) >= LEAST_OF_RESPELLED and len(typed) * 2 >= len(word))


def is_respelled(word: str, other: str) -> bool:
    """Whether both are likely the same name, in other spellings of one script.

    >>> is_respelled("hodeidah", "hudaydah"), is_respelled("darfour", "darfur"), is_respelled("mali", "mole")
    (True, True, False)
    """
    sound = skeleton(word)
    if sound and sound == skeleton(other) and sounds_just_like(word, other):
        return True
    is_alike = len(sound) >= LEAST_OF_RESPELLED and sound == skeleton(other) and _begins_alike(word, other)
    return is_alike and OSA.normalized_distance(word, other) <= MOST_RESPELLED


def nearest(word: str, lookalikes: Collection[str], sounding: Iterable[str] = (), most: int = 3) -> list[str]:
    """Those that the folded word is likely a slip of, the nearest first.

    lookalikes: words of about that length, of which there may be thousands; sounding: those of its skeleton.

    >>> nearest("hezbolah", ["hezbollah", "helsinki", "lebanon"]), nearest("xylophone", ["hezbollah"])
    (['hezbollah'], [])
    """
    allowed, sound = slips_allowed(word), skeleton(word)
    slips_of = {
        one: float(slips)
        for one, slips, _place in process.extract_iter(
            word, lookalikes, scorer=OSA.distance, score_cutoff=allowed
        )
    }
    found = []
    for one in dict.fromkeys([*slips_of, *sounding]):
        is_alike = bool(sound) and skeleton(one) == sound and _begins_alike(word, one)
        slips = slips_of.get(one, allowed + 1.0)
        if slips > allowed:
            if not allowed or not is_alike:
                continue
            # What sounds alike may be further apart, but not beyond all measure.
            apart = OSA.normalized_distance(romanised(word), romanised(one))
            if apart > MOST_RESPELLED:
                continue
            slips = allowed + apart
        elif is_alike:
            slips -= 0.5
        elif one[:1] != word[:1]:
            slips += 0.5
        found.append((slips, one))
    found.sort()
    return [one for slips, one in found if slips <= found[0][0] + 0.25][:most] if found else []


def in_order_of_likeness(word: str, others: Mapping[str, Other]) -> list[Other]:
    """Those that stand under these words, the likest first; where some sound just like it, only these."""
    just_alike = {one for one in others if sounds_just_like(word, one)}
    likest = sorted(just_alike or others, key=lambda one: (OSA.distance(word, one), one))
    return [others[one] for one in likest]


def _begins_alike(word: str, other: str) -> bool:
    """Whether both begin with a vowel, or both with none, apart from an article: Erbil is no rebel.

    An abbreviation has no vowels at all, and sounds like nothing else.
    """
    plain = [ARTICLE.sub("", romanised(one)) for one in (word, other)]
    begun = {bool(VOWEL.match(one)) for one in plain}
    return len(begun) == 1 and (bool(ARABIC.match(word + other)) or all(map(VOWEL.search, plain)))
