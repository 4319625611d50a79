"""The order of names, by the habits of each language and the same in every database.

What the Unicode collation and CLDR say for English, French and Arabic, as far as names go: words before
marks, marks before case, and a list in Arabic begins with what is written in Arabic. As there, the article ال
counts like any other letters, ة stands before ت, ى beside ي, and a hamza counts only between names that are
else the same. Two things are simpler: punctuation does not count, and آ stands beside ا. Keys are compared
byte by byte.
"""

import unicodedata

from search.folding import folded

# Has a place of its own in the alphabet, though people write another letter for it.
TEH_MARBUTA = "ة"
# Sorts behind every letter of the language's own script.
OTHER_SCRIPT = "\ue000"
SCRIPTS = {"ar": "ARABIC", "fa": "ARABIC", "prs": "ARABIC", "ps": "ARABIC", "ku": "ARABIC"}


def sort_key(text: str, language: str) -> bytes:
    """The bytes by which a name is sorted among others in a list of the language.

    >>> sorted(["Tchad", "Égypte", "État", "Yémen", "Union"], key=lambda name: sort_key(name, "fr"))
    ['Égypte', 'État', 'Tchad', 'Union', 'Yémen']
    >>> sorted(["Qatar", "ليبيا", "أذربيجان", "الجزائر"], key=lambda name: sort_key(name, "ar"))
    ['أذربيجان', 'الجزائر', 'ليبيا', 'Qatar']
    """
    words = folded(text, but=TEH_MARBUTA)
    script = SCRIPTS.get(language, "LATIN")
    letters = "".join(_in_place(character, script) for character in words)
    marks = unicodedata.normalize("NFD", text.casefold())
    levels = (letters, marks, text.swapcase())
    return b"\0".join(level.replace("\0", "").encode("utf-8", "ignore") for level in levels)


def _in_place(character: str, script: str) -> str:
    """Digits and spaces first, then the letters of the script, then all others."""
    if not character.isalpha() or unicodedata.name(character, "").startswith(script):
        return character
    return OTHER_SCRIPT + character
