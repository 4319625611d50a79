"""Words as the search compares them: folded, without the endings and articles that change with the sentence.

One light way for English and French together, since nobody says in which of them a word is asked, and one for
Arabic. What is indexed and what is asked go through the same, so a rule need not be right, but must bring
the forms of one word together and keep different words apart: tests/search/test_stemming.py has the cases.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from search.folding import WITHIN_A_WORD, folded, joined

# Say nothing of what is looked for, in any of the languages. Folded.
STOP_WORDS = frozenset(
    """
    a an the of and or in on at to for by with from is are was were be been as that this these those it its
    le la les un une des du de et ou en au aux dans par pour sur avec est sont que qui ce cette ces se ses
    al el ul as ash
    في من علي الي عن او ان هذا هذه التي الذي الذين مع بين ما و ثم قد كما الا
    """.split()  # noqa: SIM905 (as people read them)
)
# What is called by one of these, others call by another.
AGREEMENTS = ("agreement", "accord", "treaty", "traité", "اتفاق", "اتفاقية", "معاهدة")
# Longer words are cut, alike in the index and in what is asked.
MOST_LETTERS = 40
# Of a text with longer parts nothing is remembered.
LONGEST_PART = 60
# So few letters must remain of a word.
LEAST = 3
# A run of letters and digits with the marks that are written to them.
LETTERS = r"(?:[^\W_]++|[\u0300-\u036f\u064b-\u065f\u0670\u200c\u200d]++)++"
JOINTS = f"[{''.join(re.escape(one) for one in sorted(WITHIN_A_WORD))}]"
WORD = re.compile(f"{LETTERS}(?:{JOINTS}+{LETTERS})*")
PARTS = re.compile(JOINTS)
ARABIC = re.compile("[\u0621-\u064a]")
ARTICLES = ("وبال", "وكال", "فبال", "ولل", "وال", "فال", "بال", "كال", "لل", "ال")
JOINED_TO_THE_NEXT = ("و", "ف", "ب", "ل")
ARABIC_ENDINGS = ("ات", "ون", "ين", "ان", "ها", "هم", "ه", "ي", "ا")
DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1$")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word.

    >>> stem("ceasefires") == stem("ceasefire"), stem("journaux") == stem("journal")
    (True, True)
    >>> {stem("الهدنه"), stem("هدنه"), stem("هدنات"), stem("بالهدنه")}
    {'هدن'}
    """
    word = word[:MOST_LETTERS]
    return _arabic(word) if ARABIC.match(word) else _latin(word)


def stems(text: str) -> list[str]:
    """The stems of a text in their order, without those of words that say nothing.

    >>> stems("The Cessation of Hostilities"), stems("l’accord de cessez-le-feu")
    (['cesation', 'hostility'], ['accord', 'cesez', 'feu'])
    """
    # What a text is folded to has a space wherever the text has one.
    return [*_of_parts(_stems_of, text)]


@lru_cache(maxsize=50_000)
def _stems_of(part: str) -> tuple[str, ...]:
    """As `stems`, of a part of a text without spaces: texts say the same words again and again."""
    return tuple(stem(one) for one in folded(part).split() if says_something(one))


def _of_parts(remembered: Any, text: str) -> Iterator[str]:
    """What the function says of each part of the text; it remembers that, but of no long one."""
    parts = text.split()
    ask = remembered if max(map(len, parts), default=0) <= LONGEST_PART else remembered.__wrapped__
    return chain.from_iterable(map(ask, parts))


@cache
def of_agreements() -> dict[str, str]:
    """The words for an agreement as they are shown, by their stems."""
    return {stem(folded(word)): word for word in AGREEMENTS}


def says_something(word: str) -> bool:
    """Whether the folded word is looked for: no stop word, and no single Latin letter."""
    return word not in STOP_WORDS and not (len(word) == 1 and word.isascii() and word.isalpha())


def other_stems(text: str) -> Iterator[str]:
    """Stems of further ways to write words of the text: in one where it has an apostrophe or a hyphen.

    And an Arabic word without the "and", "by" or "for" that is written to it.

    >>> [*other_stems("the cease-fire in Sana’a, l’accord")], [*other_stems("وهدنة")]
    (['ceasefir', 'sanaa'], ['هدن'])
    """
    # No word has a space in it.
    return _of_parts(_others_of, text)


@lru_cache(maxsize=50_000)
def _others_of(part: str) -> tuple[str, ...]:
    """As `other_stems`, of a part of a text without spaces."""
    found: list[str] = []
    for word in WORD.findall(part):
        if len(parts := PARTS.split(word)) > 1 and len(parts[0]) > 2:
            found += stems(joined(word))
        if word.startswith(JOINED_TO_THE_NEXT) and len(word) > LEAST + 1:
            found += (stem(one) for one in folded(word[1:]).split())
    return tuple(found)


def wholes(text: str) -> list[str]:
    """The text as one word, in each spelling: the same for names that differ in spaces and endings alone.

    >>> wholes("Cease-fire"), wholes("ceasefires"), wholes("The Arab League")
    (['ceasfir', 'ceasefir'], ['ceasefir'], ['arableagu'])
    """
    written = ("".join(stems(text)), "".join(stems(joined(text))))
    return [one[: 3 * MOST_LETTERS] for one in dict.fromkeys(written) if one]


def _latin(word: str) -> str:
    if len(word) <= LEAST:
        return word
    word = _singular(word)
    if word.endswith("ing") and len(word) > LEAST + 3:
        word = word[:-3]
    elif word.endswith("ed") and len(word) > LEAST + 2:
        word = word[:-2]
    if word.endswith("ie") and len(word) > LEAST + 1:
        word = word[:-2] + "y"
    elif (word.endswith("e") and len(word) > LEAST) or (word.endswith("i") and len(word) > LEAST + 1):
        word = word[:-1]
    return DOUBLED.sub(r"\1", word).replace("ss", "s")


def _singular(word: str) -> str:
    if len(word) <= LEAST:
        return word
    for ending, singular in (("eaux", "eau"), ("aux", "al"), ("oux", "ou"), ("eux", "eu"), ("ies", "y")):
        if word.endswith(ending) and len(word) > len(ending):
            return word.removesuffix(ending) + singular
    if word.endswith("s") and not word.endswith(("ss", "us")):
        return word[:-1]
    return word


@lru_cache(maxsize=100_000)
def bare(word: str) -> str:
    """The folded word without an Arabic article and what is written to it.

    >>> bare("بالهدنه"), bare("هدنه"), bare("also")
    ('هدنه', 'هدنه', 'also')
    """
    for article in ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + LEAST:
            return word.removeprefix(article)
    return word


def _arabic(word: str) -> str:
    word = bare(word)
    for _round in range(3):
        for ending in ARABIC_ENDINGS:
            if word.endswith(ending) and len(word) >= len(ending) + LEAST:
                word = word.removesuffix(ending)
                break
        else:
            break
    return word
