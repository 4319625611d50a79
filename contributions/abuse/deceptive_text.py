"""Characters by which a text is not what it seems: marks that nobody sees, letters of another script."""

import re
import unicodedata

# Scripts that have letters which look like those of others.
ALIKE = frozenset(
    {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "FULLWIDTH", "MATHEMATICAL"}
)
# Parts letters that would join, as Persian writes it.
NON_JOINER = "\u200c"


def invisible_characters_in(text: str) -> list[str]:
    """The hidden and direction-turning characters of a text, as U+202E, each once."""
    found = {
        one
        for place, one in enumerate(text)
        if unicodedata.category(one) in {"Cf", "Cc", "Co", "Cn"}
        and one not in "\n\r\t"
        and not (one == NON_JOINER and _is_in_arabic(text, place))
    }
    return [f"U+{ord(one):04X}" for one in sorted(found)]


def mixed_script_words(text: str) -> list[str]:
    """The words that mix letters of scripts that look alike."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return list(dict.fromkeys(word for word in words if len(_scripts(word) & ALIKE) > 1))


def _scripts(word: str) -> set[str]:
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in word}


def _is_in_arabic(text: str, place: int) -> bool:
    beside = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    return any(unicodedata.name(one, "").startswith("ARABIC") for one in beside)
