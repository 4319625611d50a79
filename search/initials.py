"""Names in short: BNTF for the Bangsamoro Normalization Trust Fund, APG for an “Accord de paix global”."""

import re

from search.folding import folded
from search.stemming import ARABIC, WORD, says_something

# What parts a title from what it is about: "Sudan: Comprehensive Peace Agreement, 2005".
PARTED = re.compile(r"[:;,()\[\]–—]")
# What French writes to a word that begins with a vowel.
ELIDED = re.compile("^[dl]['’]", re.IGNORECASE)
LEAST, MOST = 3, 6


def initials_of(name: str) -> list[str]:
    """The first letters of the words of the name that say something, folded: of three words, of four, and on.

    Words with a small letter count where the first has a capital and all others have none, as in French.

    >>> initials_of("Sudan: Comprehensive Peace Agreement, 2005"), initials_of("Accord de paix global")
    (['cpa'], ['apg'])
    >>> initials_of("Afghanistan Humanitarian Trust Fund of the OIC"), initials_of("a permanent ceasefire")
    (['aht', 'ahtf', 'ahtfo'], [])
    """
    return [short for part in PARTED.split(name) for short in _of_part(part)]


def _of_part(part: str) -> list[str]:
    every = (ELIDED.sub("", found[0]) for found in WORD.finditer(part))
    words = [word for word in every if says_something(folded(word))]
    if not words or ARABIC.match(folded(part)) or not words[0][0].isupper():
        return []
    others = [word for word in words[1:] if word[0].isupper()]
    if others:
        # As far as the capitals go.
        end = next((number for number, word in enumerate(words) if not word[0].isupper()), len(words))
        words = words[:end]
    letters = "".join(folded(word)[:1] for word in words[:MOST])
    return [letters[:number] for number in range(LEAST, len(letters) + 1) if letters.isalpha()]
