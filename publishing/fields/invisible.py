"""Characters that are invisible or change the direction of text: those refused, and those to check."""

import re
import unicodedata
from collections.abc import Container

from publishing.fields.clean_text import FLAG, kept_joiner

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
# Allowed in long texts: line breaks and tabs.
LINES = frozenset("\n\r\t")
# Other characters of these Unicode categories may have a purpose, so a person must check them: format
# marks, control characters, private use and unassigned.
SUSPECT = frozenset({"Cf", "Cc", "Co", "Cn"})
# Format marks that are visible: signs around a number, over a year, at the end of a verse.
VISIBLE = frozenset(map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)))
# So much of a text is shown around a character, and so many of them.
AROUND, SHOWN = 12, 3


def refused_in(text: str, *, but: Container[str] = LINES) -> list[str]:
    """The characters of a text that no text may hold, as U+202E, each once."""
    return [_named(one) for one in sorted({text[at] for at in _refused(text, but)})]


def refused_excerpts(text: str, *, but: Container[str] = LINES) -> list[str]:
    """The first of them, each with the words around it: "…the cessa[U+202E]tion of…"."""
    return [_excerpt(text, at) for at in _refused(text, but)[:SHOWN]]


def without_refused(text: str) -> str:
    """The text without what no line may hold, for what a program read and nobody typed."""
    refused = {*_refused(text, but=())}
    return "".join(one for at, one in enumerate(text) if at not in refused)


def _refused(text: str, but: Container[str]) -> list[int]:
    """Where they stand; the tags of a flag are part of it."""
    flags = {at for found in FLAG.finditer(text) for at in range(*found.span())}
    return [at for at, one in enumerate(text) if one in REFUSED and one not in but and at not in flags]


def _excerpt(text: str, at: int) -> str:
    before, after = text[max(0, at - AROUND) : at], text[at + 1 : at + 1 + AROUND]
    around = (_seen(before), f"[{_named(text[at])}]", _seen(after))
    return f"{'…' if at > AROUND else ''}{''.join(around)}{'…' if at + AROUND < len(text) - 1 else ''}"


def _seen(text: str) -> str:
    """What is seen of it, on one line."""
    return re.sub(r"\s", " ", "".join(one for one in text if one not in REFUSED or one in LINES))


def invisible_in(text: str) -> list[str]:
    """All that is not seen in a text, as U+202E, each once: what is refused, and what is to be looked at."""
    bare = FLAG.sub("", text)
    return [
        _named(one)
        for one in sorted({one for at, one in enumerate(bare) if one not in LINES and _is_unseen(bare, at)})
    ]


def _is_unseen(text: str, at: int) -> bool:
    one = text[at]
    if one in VISIBLE or kept_joiner(text, at):
        return False
    return one in REFUSED or unicodedata.category(one) in SUSPECT


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"
