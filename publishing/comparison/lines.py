"""Changes as people read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from publishing.comparison.text_diff import Segment
from publishing.languages import LocalizedText

NOTHING = LocalizedText("", "", is_fallback=False)


class LineKind(StrEnum):
    """What a line is about; this decides how it is shown."""

    ROW = "row"
    SET = "set"
    MEMBER = "member"
    TEXT = "text"
    VALUE = "value"
    POSITION = "position"


class ChangeKind(StrEnum):
    """What was done: added, removed, changed or moved."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Line:
    """One change as people read it; the line of a row or of a set has further lines as its parts.

    path: that of the change, joined by "/": "provision/<uuid>/strength". Empty for what is not a
    change by itself: the values of a row that is added or removed as a whole.
    """

    kind: LineKind
    change_kind: ChangeKind
    path: str
    label: str
    # Only for rows: the name of the row, and the name of the row that it belongs to.
    name: str = ""
    within: str = ""
    # The language of a text; empty where it is not known.
    language: str = ""
    segments: tuple[Segment, ...] = ()
    old: LocalizedText = NOTHING
    new: LocalizedText = NOTHING
    parts: tuple["Line", ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether it can only be accepted or declined as a whole."""
        return not any(part.path for part in self.parts)

    def decisions(self) -> Iterator["Line"]:
        """The lines that can be accepted or declined one by one: this one, or those in it."""
        if self.is_whole:
            yield self
        else:
            for part in self.parts:
                yield from part.decisions()
