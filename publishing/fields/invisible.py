"""Characters that nobody sees, or that turn the text around them: those refused, and those to look at."""

import unicodedata
from collections.abc import Container

# Controls, and the marks that reorder or hide text: refused, since no text needs them.
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
# In longer text line breaks and tabs are wanted too.
LINES = frozenset("\n\r\t")
# Of these kinds of characters all others may have a reason, and are to be looked at: format marks,
# controls, and those that mean nothing or only what somebody agreed on.
SUSPECT = frozenset({"Cf", "Cc", "Co", "Cn"})
# Format marks that are seen: signs around a number, over a year, at the end of a verse.
VISIBLE = frozenset(map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)))
# Parts letters that would join, as Persian writes it.
NON_JOINER = "\u200c"


def refused_in(text: str, *, but: Container[str] = LINES) -> list[str]:
    """The characters of a text that no text may hold, as U+202E, each once."""
    return _named({one for one in text if one in REFUSED and one not in but})


def invisible_in(text: str) -> list[str]:
    """All that is not seen in a text, as U+202E, each once: what is refused, and what is to be looked at."""
    return _named(
        {
            one
            for place, one in enumerate(text)
            if one not in LINES and (one in REFUSED or _is_suspect(text, place))
        }
    )


def _is_suspect(text: str, place: int) -> bool:
    one = text[place]
    if one in VISIBLE or (one == NON_JOINER and _is_in_arabic(text, place)):
        return False
    return unicodedata.category(one) in SUSPECT


def _is_in_arabic(text: str, place: int) -> bool:
    beside = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    return any(unicodedata.name(one, "").startswith("ARABIC") for one in beside)


def _named(characters: set[str]) -> list[str]:
    return [f"U+{ord(one):04X}" for one in sorted(characters)]
