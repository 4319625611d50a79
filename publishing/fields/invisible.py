"""Characters that are invisible or change the direction of text: those refused, and those to check."""

import unicodedata
from collections.abc import Container

# Control characters, and marks that reorder or hide text: refused, since no text needs them.
REFUSED = frozenset(
    (
        *map(chr, range(0x20)),
        *map(chr, range(0x7F, 0xA0)),
        *map(chr, range(0x202A, 0x202F)),
        *map(chr, range(0x2061, 0x2065)),
        *map(chr, range(0x2066, 0x206A)),
        *map(chr, range(0xD800, 0xE000)),
        *map(chr, range(0xE0100, 0xE01F0)),
        *map(chr, range(0xE0000, 0xE0080)),
        *"\u2028\u2029\ufffe\uffff\u00ad\u115f\u1160\u180e\u200b\u2060\u2800\u3164\ufeff\uffa0",
    )
)
# Allowed in long texts: line breaks and tabs.
LINES = frozenset("\n\r\t")
# Other characters of these Unicode categories may have a purpose, so a person must check them: format
# marks, control characters, private use and unassigned.
SUSPECT = frozenset({"Cf", "Cc", "Co", "Cn"})
# Format marks that are visible: signs around a number, over a year, at the end of a verse.
VISIBLE = frozenset(map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)))
# Separates letters that would otherwise join; needed in Persian.
NON_JOINER = "\u200c"


def refused_in(text: str, *, but: Container[str] = LINES) -> list[str]:
    """The refused characters in the text, each once, such as "U+202E"; but: characters that are allowed."""
    return _code_points({character for character in text if character in REFUSED and character not in but})


def invisible_in(text: str) -> list[str]:
    """The invisible characters in the text, each once, such as "U+202E": those refused and those to check."""
    return _code_points(
        {
            character
            for index, character in enumerate(text)
            if character not in LINES and (character in REFUSED or _is_suspect(text, index))
        }
    )


def _is_suspect(text: str, index: int) -> bool:
    character = text[index]
    if character in VISIBLE or (character == NON_JOINER and _is_in_arabic(text, index)):
        return False
    return unicodedata.category(character) in SUSPECT


def _is_in_arabic(text: str, index: int) -> bool:
    neighbours = text[max(0, index - 1) : index] + text[index + 1 : index + 2]
    return any(unicodedata.name(character, "").startswith("ARABIC") for character in neighbours)


def _code_points(characters: set[str]) -> list[str]:
    return [f"U+{ord(character):04X}" for character in sorted(characters)]
