"""What was taken out of a text and what was put in, word by word, in bounded time."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# With its vowel marks and punctuation a word stays whole: half a word cannot be read, least of all in Arabic.
WORD = re.compile(r"(\S+)(\s*)")
PARAGRAPH = re.compile(r"[\s\S]+?(?:\n\s*\n|\Z)")
# The matcher looks at each pair of equal words, again and again; beyond so many a text counts as rewritten.
MAX_PAIRS = 200_000
# What stays is shown as far as the words around a change; less than so many more are not worth folding away.
CONTEXT = 12
WORTH_FOLDING = 15
# A word so short between two rewritten stretches is kept by chance.
SHORT = 3


class Stays(StrEnum):
    """What became of a stretch of text."""

    KEPT = "kept"
    FOLDED = "folded"
    TAKEN_OUT = "taken_out"
    PUT_IN = "put_in"


@dataclass(frozen=True)
class Stretch:
    """A piece of text, and what became of it; what is folded was kept, far from any change."""

    how: Stays
    text: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def is_blank(self) -> bool:
        """Nothing but space, which cannot be seen."""
        return not self.text.strip()

    @property
    def in_three(self) -> tuple[str, str, str]:
        """The space before it, what can be seen of it, the space behind it."""
        if self.is_blank:
            return "", self.text, ""
        start, seen = _indent(self.text), self.text.strip()
        return start, seen, self.text[len(start) + len(seen) :]


@dataclass
class _Piece:
    """Text that stayed, or what was taken out and put in at one place."""

    kept: str = ""
    taken: str = ""
    put: str = ""

    @property
    def is_rewritten(self) -> bool:
        return bool(self.taken and self.put)


def compared(old: str, new: str) -> tuple[Stretch, ...]:
    """The new text with what it lost.

    Kept, folded and put in together are the new text; kept, folded and taken out together the old.
    """
    pieces = _joined(_pieces(old, new))
    stretches: list[Stretch] = []
    for number, piece in enumerate(pieces):
        if piece.kept:
            stretches += _folded(piece.kept, is_first=number == 0, is_last=number == len(pieces) - 1)
        stretches += [
            Stretch(how, text)
            for how, text in ((Stays.TAKEN_OUT, piece.taken), (Stays.PUT_IN, piece.put))
            if text
        ]
    return tuple(stretches)


# --- what differs ------------------------------------------------------------------------


class _Matcher:
    """Aligns lists of words or paragraphs; once its patience is spent, all the rest counts as replaced."""

    def __init__(self) -> None:
        self.pairs_left = MAX_PAIRS

    def aligned(self, old: list[str], new: list[str]) -> Iterator[tuple[bool, slice, slice]]:
        """Whether they are the same, and where they stand: stretch by stretch."""
        start = _shared(old, new)
        end = _shared(old[start:][::-1], new[start:][::-1])
        inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
        if start:
            yield True, slice(0, start), slice(0, start)
        if inner_old or inner_new:
            for is_same, i, j in self._matched(inner_old, inner_new):
                yield (
                    is_same,
                    slice(i.start + start, i.stop + start),
                    slice(j.start + start, j.stop + start),
                )
        if end:
            yield True, slice(len(old) - end, len(old)), slice(len(new) - end, len(new))

    def _matched(self, old: list[str], new: list[str]) -> Iterator[tuple[bool, slice, slice]]:
        there = Counter(new)
        self.pairs_left -= sum(there[one] for one in old)
        if self.pairs_left < 0:
            yield False, slice(0, len(old)), slice(0, len(new))
            return
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield tag == "equal", slice(i1, i2), slice(j1, j2)


def _shared(one: list[str], other: list[str]) -> int:
    """How many they have in common from the start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


def _pieces(old: str, new: str) -> Iterator[_Piece]:
    """Whole paragraphs first, since most of them stay; then the words of those that do not."""
    matcher = _Matcher()
    old_parts, new_parts = PARAGRAPH.findall(old), PARAGRAPH.findall(new)
    for is_same, i, j in matcher.aligned(old_parts, new_parts):
        before, after = "".join(old_parts[i]), "".join(new_parts[j])
        if is_same:
            yield _Piece(kept=before)
        else:
            yield from _pieces_of_words(matcher, before, after)


def _pieces_of_words(matcher: _Matcher, old: str, new: str) -> Iterator[_Piece]:
    indent, new_indent = _indent(old), _indent(new)
    yield _space(indent, new_indent)
    a, b = WORD.findall(old), WORD.findall(new)
    for is_same, i, j in matcher.aligned([word for word, _ in a], [word for word, _ in b]):
        if not is_same:
            yield _Piece(taken="".join(map("".join, a[i])), put="".join(map("".join, b[j])))
            continue
        for (word, space), (_word, new_space) in zip(a[i], b[j], strict=True):
            yield _Piece(kept=word)
            yield _space(space, new_space)


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _space(old: str, new: str) -> _Piece:
    return _Piece(kept=old) if old == new else _Piece(taken=old, put=new)


# --- what reads well ---------------------------------------------------------------------


def _joined(pieces: Iterator[_Piece]) -> list[_Piece]:
    """What stayed in one piece, what changed at one place in one piece."""
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if not (piece.kept or piece.taken or piece.put):
            continue
        if last is not None and bool(last.kept) == bool(piece.kept):
            last.kept, last.taken, last.put = (
                last.kept + piece.kept,
                last.taken + piece.taken,
                last.put + piece.put,
            )
        else:
            joined.append(piece)
    return _without_chance(joined)


def _without_chance(pieces: list[_Piece]) -> list[_Piece]:
    """A short word between two rewritten stretches reads better as part of them."""
    result: list[_Piece] = []
    for number, piece in enumerate(pieces):
        before = result[-1] if result else None
        after = pieces[number + 1] if number + 1 < len(pieces) else None
        if before and before.is_rewritten and not piece.kept:
            before.taken, before.put = before.taken + piece.taken, before.put + piece.put
        elif before and after and before.is_rewritten and after.is_rewritten and _is_short(piece.kept):
            before.taken, before.put = before.taken + piece.kept, before.put + piece.kept
        else:
            result.append(piece)
    return result


def _is_short(kept: str) -> bool:
    return len(kept.strip()) <= SHORT and "\n" not in kept


def _folded(kept: str, *, is_first: bool, is_last: bool) -> list[Stretch]:
    """The words around the changes, and between them what need not be read again."""
    words = [*re.finditer(r"\S+\s*", kept)]
    head, tail = 0 if is_first else CONTEXT, 0 if is_last else CONTEXT
    if len(words) < head + tail + WORTH_FOLDING:
        return [Stretch(Stays.KEPT, kept)]
    start = words[head].start() if head else 0
    end = words[-tail].start() if tail else len(kept)
    parts = (Stays.KEPT, kept[:start]), (Stays.FOLDED, kept[start:end]), (Stays.KEPT, kept[end:])
    return [Stretch(how, text) for how, text in parts if text]
