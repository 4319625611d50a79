"""Finds words that mix letters of several scripts, which can imitate other words."""

import re
import unicodedata

# Scripts whose letters look like letters of other scripts.
LOOKALIKE_SCRIPTS = frozenset(
    {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "FULLWIDTH", "MATHEMATICAL"}
)


def mixed_script_words(text: str) -> list[str]:
    """The words that mix letters of scripts that look alike."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return list(dict.fromkeys(word for word in words if len(_scripts(word) & LOOKALIKE_SCRIPTS) > 1))


def _scripts(word: str) -> set[str]:
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
