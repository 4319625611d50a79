"""Words that are not what they seem: they mix letters of several scripts."""

import re
import unicodedata

# Scripts that have letters which look like those of others.
ALIKE = frozenset(
    {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "FULLWIDTH", "MATHEMATICAL"}
)


def mixed_script_words(text: str) -> list[str]:
    """The words that mix letters of scripts that look alike."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return list(dict.fromkeys(word for word in words if len(_scripts(word) & ALIKE) > 1))


def _scripts(word: str) -> set[str]:
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
