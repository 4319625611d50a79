"""The difference of two texts, word by word, in bounded time."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word keeps its vowel marks and punctuation: half a word cannot be read, least of all in Arabic.
WORD = re.compile(r"(\S+)(\s*)")
PARAGRAPH = re.compile(r"[\s\S]+?(?:\n\s*\n|\Z)")
# The matcher compares each pair of equal words many times; with more pairs a text counts as rewritten.
MAX_PAIRS = 200_000
# So many unchanged words are shown around a change; the others are folded if there are enough of them.
CONTEXT = 12
MIN_FOLDED = 15
# A word of so few letters between two rewritten segments is equal only by chance.
MAX_CHANCE_LENGTH = 3


class SegmentStatus(StrEnum):
    """What happened to a segment of text."""

    UNCHANGED = "unchanged"
    FOLDED = "folded"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Segment:
    """A piece of text, and what happened to it; folded text is unchanged and far from any change."""

    status: SegmentStatus
    text: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def is_blank(self) -> bool:
        """Whether it is nothing but space, which cannot be seen."""
        return not self.text.strip()

    @property
    def text_with_margins(self) -> tuple[str, str, str]:
        """The space before the text, the text, and the space after it."""
        if self.is_blank:
            return "", self.text, ""
        before, text = _indent(self.text), self.text.strip()
        return before, text, self.text[len(before) + len(text) :]


@dataclass
class _Piece:
    """Unchanged text, or the text that was removed and added at one point."""

    unchanged: str = ""
    removed: str = ""
    added: str = ""

    @property
    def is_rewritten(self) -> bool:
        return bool(self.removed and self.added)


def compare_texts(old: str, new: str) -> tuple[Segment, ...]:
    """The segments of both texts in order.

    Those unchanged, folded and added make the new text; those unchanged, folded and removed the old one.
    """
    pieces = _joined(_pieces(old, new))
    segments: list[Segment] = []
    for number, piece in enumerate(pieces):
        if piece.unchanged:
            segments += _folded(piece.unchanged, is_first=number == 0, is_last=number == len(pieces) - 1)
        segments += [
            Segment(status, text)
            for status, text in ((SegmentStatus.REMOVED, piece.removed), (SegmentStatus.ADDED, piece.added))
            if text
        ]
    return tuple(segments)


# --- comparing ---------------------------------------------------------------------------


class _Matcher:
    """Aligns lists of words or paragraphs; after MAX_PAIRS pairs all the rest counts as replaced."""

    def __init__(self) -> None:
        self.pairs_left = MAX_PAIRS

    def aligned(self, old: list[str], new: list[str]) -> Iterator[tuple[bool, slice, slice]]:
        """Section by section: whether both are the same there, and the slice of each."""
        start = _common_length(old, new)
        end = _common_length(old[start:][::-1], new[start:][::-1])
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
        counts = Counter(new)
        self.pairs_left -= sum(counts[text] for text in old)
        if self.pairs_left < 0:
            yield False, slice(0, len(old)), slice(0, len(new))
            return
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield tag == "equal", slice(i1, i2), slice(j1, j2)


def _common_length(old: list[str], new: list[str]) -> int:
    """How many they have in common from the start."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(old), len(new)))


def _pieces(old: str, new: str) -> Iterator[_Piece]:
    """First whole paragraphs, since most are unchanged; then the words of those that differ."""
    matcher = _Matcher()
    old_parts, new_parts = PARAGRAPH.findall(old), PARAGRAPH.findall(new)
    for is_same, i, j in matcher.aligned(old_parts, new_parts):
        before, after = "".join(old_parts[i]), "".join(new_parts[j])
        if is_same:
            yield _Piece(unchanged=before)
        else:
            yield from _pieces_of_words(matcher, before, after)


def _pieces_of_words(matcher: _Matcher, old: str, new: str) -> Iterator[_Piece]:
    indent, new_indent = _indent(old), _indent(new)
    yield _space(indent, new_indent)
    a, b = WORD.findall(old), WORD.findall(new)
    for is_same, i, j in matcher.aligned([word for word, _ in a], [word for word, _ in b]):
        if not is_same:
            yield _Piece(removed="".join(map("".join, a[i])), added="".join(map("".join, b[j])))
            continue
        for (word, space), (_word, new_space) in zip(a[i], b[j], strict=True):
            yield _Piece(unchanged=word)
            yield _space(space, new_space)


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _space(old: str, new: str) -> _Piece:
    return _Piece(unchanged=old) if old == new else _Piece(removed=old, added=new)


# --- easier to read ---------------------------------------------------------------------


def _joined(pieces: Iterator[_Piece]) -> list[_Piece]:
    """Neighbouring pieces joined: unchanged ones, and those that changed at one point."""
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if not (piece.unchanged or piece.removed or piece.added):
            continue
        if last is not None and bool(last.unchanged) == bool(piece.unchanged):
            last.unchanged, last.removed, last.added = (
                last.unchanged + piece.unchanged,
                last.removed + piece.removed,
                last.added + piece.added,
            )
        else:
            joined.append(piece)
    return _without_short_words(joined)


def _without_short_words(pieces: list[_Piece]) -> list[_Piece]:
    """A short word between two rewritten segments reads better as part of them."""
    result: list[_Piece] = []
    for number, piece in enumerate(pieces):
        before = result[-1] if result else None
        after = pieces[number + 1] if number + 1 < len(pieces) else None
        if before and before.is_rewritten and not piece.unchanged:
            before.removed, before.added = before.removed + piece.removed, before.added + piece.added
        elif before and after and before.is_rewritten and after.is_rewritten and _is_short(piece.unchanged):
            before.removed, before.added = before.removed + piece.unchanged, before.added + piece.unchanged
        else:
            result.append(piece)
    return result


def _is_short(unchanged: str) -> bool:
    return len(unchanged.strip()) <= MAX_CHANCE_LENGTH and "\n" not in unchanged


def _folded(unchanged: str, *, is_first: bool, is_last: bool) -> list[Segment]:
    """The words around the changes; the words between them are folded."""
    words = [*re.finditer(r"\S+\s*", unchanged)]
    head, tail = 0 if is_first else CONTEXT, 0 if is_last else CONTEXT
    if len(words) < head + tail + MIN_FOLDED:
        return [Segment(SegmentStatus.UNCHANGED, unchanged)]
    start = words[head].start() if head else 0
    end = words[-tail].start() if tail else len(unchanged)
    parts = (
        (SegmentStatus.UNCHANGED, unchanged[:start]),
        (SegmentStatus.FOLDED, unchanged[start:end]),
        (SegmentStatus.UNCHANGED, unchanged[end:]),
    )
    return [Segment(status, text) for status, text in parts if text]
