"""What people read of a change."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from publishing.comparison.words import Stretch
from publishing.languages import LocalizedText

NOTHING = LocalizedText("", "", is_fallback=False)


class Shape(StrEnum):
    """What a line speaks of, and so how it is shown."""

    ROW = "row"
    SET = "set"
    MEMBER = "member"
    TEXT = "text"
    VALUE = "value"
    PLACE = "place"


class How(StrEnum):
    """What became of it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Line:
    """One change as people read it; a row and a set hold lines of their own.

    path: that of the change, joined by "/": "provision/<uuid>/strength". Empty for what is no
    change by itself: the values of a row that comes or goes whole.
    """

    shape: Shape
    how: How
    path: str
    label: str
    # Rows alone: what they call themselves, and the row that they belong to.
    name: str = ""
    within: str = ""
    # The language of a text; empty where nobody said.
    language: str = ""
    stretches: tuple[Stretch, ...] = ()
    old: LocalizedText = NOTHING
    new: LocalizedText = NOTHING
    parts: tuple["Line", ...] = ()

    @property
    def is_whole(self) -> bool:
        """It can be taken or left only as it is."""
        return not any(part.path for part in self.parts)

    def decisions(self) -> Iterator["Line"]:
        """The lines, itself or those in it, that can be taken or left one by one."""
        if self.is_whole:
            yield self
        else:
            for part in self.parts:
                yield from part.decisions()
