"""What is shown of a text that answers: the part with the words that are asked for, and these marked."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from search.folding import folded, joined
from search.stemming import LETTERS, PARTS, WORD, stem

PART = re.compile(LETTERS)
# So many letters are shown of a text.
SHOWN = 200
# So much of a stem is what the word has, too: a look at the whole text spares one at each of its words.
BEGINNING = 3
# Further into a text nobody looks.
MOST_READ = 6_000


def spans(text: str, wanted: frozenset[str]) -> list[tuple[int, int]]:
    """Where the words that are asked for begin and end."""
    text = text[:MOST_READ]
    beginnings = {one[:BEGINNING] for one in wanted}
    compared = folded(text)
    if not any(one in compared for one in beginnings):
        return []
    return [span for found in WORD.finditer(text) for span in _within_word(found, wanted)]


def marked(text: str, wanted: frozenset[str]) -> SafeString:
    """The whole text, with these words marked.

    >>> marked("Truces & <peace>", frozenset(["truc"]))
    '<mark>Truces</mark> &amp; &lt;peace&gt;'
    """
    return _with_marks(text, spans(text, wanted))


def in_context(text: str, at: Sequence[tuple[int, int]]) -> SafeString:
    """The part of the text in which most of these words are, with each marked."""
    if not at:
        return conditional_escape(text if len(text) <= SHOWN else f"{text[: _cut(text, SHOWN)]} …")
    first = max(at, key=lambda one: (len(_near(at, one[0])), -one[0]))[0]
    start = 0 if first < SHOWN // 3 else text.rfind(" ", 0, max(1, first - SHOWN // 4)) + 1
    end = len(text) if len(text) <= start + SHOWN else _cut(text, start + SHOWN)
    inside = [(begin - start, stop - start) for begin, stop in at if start <= begin and stop <= end]
    before, behind = "… " if start else "", " …" if end < len(text) else ""
    return format_html("{}{}{}", before, _with_marks(text[start:end], inside), behind)


def _near(at: Sequence[tuple[int, int]], start: int) -> list[tuple[int, int]]:
    return [one for one in at if start <= one[0] < start + SHOWN * 2 // 3]


def _cut(text: str, end: int) -> int:
    """The end of the last whole word before; of a word without end, the end itself."""
    space = text.rfind(" ", max(0, end - 60), end)
    return end if space < 0 else space


def _with_marks(text: str, at: Sequence[tuple[int, int]]) -> SafeString:
    parts, behind = [], 0
    for start, end in at:
        parts.append((text[behind:start], text[start:end]))
        behind = end
    return format_html_join("", "{}<mark>{}</mark>", parts) + conditional_escape(text[behind:])


def _within_word(found: re.Match[str], wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Of cease-fire the whole word where that is asked for in one; else the part that is."""
    word = found[0]
    if not PARTS.search(word):
        if _stem_of(word) in wanted:
            yield found.span()
    elif stem(joined(word)) in wanted:
        yield found.span()
    else:
        for part in PART.finditer(word):
            if _stem_of(part[0]) in wanted:
                yield found.start() + part.start(), found.start() + part.end()


@lru_cache(maxsize=50_000)
def _stem_of(word: str) -> str:
    return stem(folded(word))
