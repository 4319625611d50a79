"""Paths in a snapshot."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, kw_only=True, slots=True)
class Path:
    """A column of the entry, a member of a set, a row, or a column of a row; without parts, the entry itself.

    The text form has "/" between the parts; it is stored, and sent in forms and addresses:

        outcome    themes/<key>    provision    provision/<key>    provision/<key>/strength

    row_kind, key: the row; without a key all rows of the kind.
    column: of the row, or where no row is named, of the entry.
    member: the key of an entry in the set that the column holds.
    """

    row_kind: str = ""
    key: str = ""
    column: str = ""
    member: str = ""

    @classmethod
    def parse(cls, text: str, row_kinds: Container[str]) -> Self:
        """Parse a text; row_kinds are needed to distinguish a row from a member of a set."""
        name, _, rest = text.partition("/")
        if name not in row_kinds:
            return cls(column=name, member=rest)
        key, _, column = rest.partition("/")
        return cls(row_kind=name, key=key, column=column)

    def __str__(self) -> str:
        return "/".join(self.parts)

    def __lt__(self, other: "Path") -> bool:
        return self.parts < other.parts

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the text form."""
        return tuple(filter(None, (self.row_kind, self.key, self.column, self.member)))

    @property
    def name(self) -> str:
        """The kind of the row; where no row is named, the column."""
        return self.row_kind or self.column

    @property
    def row(self) -> "Path":
        """The path of the whole row; where no row is named, of the entry itself."""
        return Path(row_kind=self.row_kind, key=self.key)

    @property
    def is_row(self) -> bool:
        """Whether it is the path of a whole row."""
        return bool(self.key) and not self.column

    def at(self, column: str, member: str = "") -> "Path":
        """The path of a column, or of a member of the set in it, of the same row or entry."""
        return Path(row_kind=self.row_kind, key=self.key, column=column, member=member)

    def is_within(self, other: "Path") -> bool:
        """Whether the other path is the same or contains this one."""
        if self.row_kind != other.row_kind:
            return other == Path()
        return (
            other.key in ("", self.key)
            and other.column in ("", self.column)
            and other.member in ("", self.member)
        )
