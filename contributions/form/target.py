"""What of an entry a public form is about, as its address says it.

(nothing)                all facts of the entry
outcome                  one fact, with what hangs on it (outcome_as_of); several are parted by commas
provision/<key>          a row
provision/new            a row that is missing
assessment/new/<key>     a row that is missing below another
claim/new/<fact>         a row that is missing and speaks of a fact, or of a row
"""

from dataclasses import dataclass

NEW = "new"


class UnknownTarget(LookupError):
    """The entry has no such fact or row, or the public is not asked about it."""


@dataclass(frozen=True)
class Facts:
    """Facts of the entry itself, by name; all of them where none is named."""

    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ",".join(self.names)


@dataclass(frozen=True)
class Row:
    """A row that is there."""

    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"


@dataclass(frozen=True)
class NewRow:
    """A row that is missing; `below` is the key of the row above it, or the fact that it speaks of."""

    kind: str
    below: str = ""

    def __str__(self) -> str:
        return f"{self.kind}/{NEW}/{self.below}" if self.below else f"{self.kind}/{NEW}"


Target = Facts | Row | NewRow


def parse_target(text: str) -> Target:
    """The target that the text names; whether the entry has it is not asked. Raises UnknownTarget."""
    kind, slash, rest = text.partition("/")
    if not slash:
        return Facts(tuple(name for name in text.split(",") if name))
    key, _slash, below = rest.partition("/")
    if key == NEW:
        return NewRow(kind, below)
    if "/" in rest:
        raise UnknownTarget(text)
    return Row(kind, key)
