"""The part of an entry that a public form is about, as written in its address.

(nothing)                all facts of the entry
outcome                  one fact, with its further columns (outcome_as_of); several are separated by commas
provision/<key>          a row
provision/new            a new row
assessment/new/<key>     a new row below another row
claim/new/<fact>         a new row about a fact, or about another row
"""

from dataclasses import dataclass

NEW = "new"


class UnknownTarget(LookupError):
    """The entry has no such fact or row, or the public may not change it."""


@dataclass(frozen=True)
class Facts:
    """Facts of the entry itself, by name; all facts if no name is given."""

    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ",".join(self.names)


@dataclass(frozen=True)
class Row:
    """An existing row."""

    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"


@dataclass(frozen=True)
class NewRow:
    """A new row; `parent` is the key of its parent row, or the fact that it is about."""

    kind: str
    parent: str = ""

    def __str__(self) -> str:
        return f"{self.kind}/{NEW}/{self.parent}" if self.parent else f"{self.kind}/{NEW}"


Target = Facts | Row | NewRow


def parse_target(text: str) -> Target:
    """Parse the text; whether the entry has such a fact or row is not checked. Raises UnknownTarget."""
    kind, slash, rest = text.partition("/")
    if not slash:
        return Facts(tuple(name for name in text.split(",") if name))
    key, _slash, parent = rest.partition("/")
    if key == NEW:
        return NewRow(kind, parent)
    if "/" in rest:
        raise UnknownTarget(text)
    return Row(kind, key)
