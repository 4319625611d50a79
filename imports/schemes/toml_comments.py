"""The comments of rules that were written by hand: kept when the rules are written again."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

# Where a rule stands: the names of its tables and its own.
Path = tuple[str, ...]
STRINGS = r'"""(?:\\.|[^\\])*?"{3,5}(?!")|\'\'\'.*?\'{3,5}(?!\')|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
TOKEN = re.compile(rf"(?P<text>{STRINGS})|(?P<comment>\#[^\n]*)|[\[\]{{}}=\n]|[^\"'#\[\]{{}}=\n]+", re.DOTALL)
OPENING, CLOSING = frozenset("[{"), frozenset("]}")
# Rules that the form writes in another way.
RENAMED: dict[Path, Path] = {("title",): ("titles",), ("language",): ("titles",)}


@dataclass
class Comments:
    """Those of a text of TOML.

    head: at its beginning, with an empty line below. above, beside: by the rule. tail: below the last rule.
    """

    head: list[str] = field(default_factory=list)
    above: dict[Path, list[str]] = field(default_factory=dict)
    beside: dict[Path, str] = field(default_factory=dict)
    tail: list[str] = field(default_factory=list)

    def taken(self, path: Path) -> tuple[list[str], str]:
        """The comments above the rule and the one beside it; they are removed here."""
        comment = self.beside.pop(path, "")
        return self.above.pop(path, []), f"  {comment}" if comment else ""

    def rest(self) -> list[str]:
        """The comments that were not taken: of rules that were removed, and those at the end."""
        lines = [line for path in [*self.above] for line in self.above.pop(path)]
        return [*lines, *self.beside.values(), *self.tail]

    def add(self, path: Path, above: list[str], inside: list[str]) -> None:
        """Comments above a rule, and in it or behind it."""
        path = RENAMED.get(path, path)
        if len(inside) == 1 and path not in self.beside:
            self.beside[path] = inside[0]
            inside = []
        if above or inside:
            self.above[path] = [*self.above.get(path, []), *above, *inside]


def comments_of(text: str) -> Comments:
    """The comments of the text, which is valid TOML."""
    found, table, is_first = Comments(), Path(), True
    above: list[str] = []
    for rule, inside in _rules(text):
        if not rule:
            if inside:
                above += inside
            elif is_first:
                found.head, above = [*found.head, *above], []
            continue
        is_first = False
        names = _names(rule)
        table = names if rule.startswith("[") else table
        found.add(names if rule.startswith("[") else (*table, *names), above, inside)
        above = []
    found.tail = above
    return found


def _rules(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each rule with the comments in it and behind it; a line without a rule as "" with its comment."""
    rule, inside, depth = "", list[str](), 0
    for token in TOKEN.finditer(f"{text}\n"):
        piece = token[0]
        if token["comment"]:
            inside.append(piece.rstrip())
        elif piece == "\n" and depth == 0:
            yield rule.strip(), inside
            rule, inside = "", []
        else:
            rule += piece
            depth += (piece in OPENING) - (piece in CLOSING)


def _names(rule: str) -> Path:
    """What a head of a table, or the left side of a rule, names."""
    if not rule.startswith("["):
        rule = f"{_left_side(rule)}= 0"
    value: Any = tomllib.loads(rule)
    names: list[str] = []
    while isinstance(value, dict | list) and value:
        if isinstance(value, list):
            value = value[0]
        else:
            name, value = next(iter(value.items()))
            names.append(name)
    return tuple(names)


def _left_side(rule: str) -> str:
    side = ""
    for token in TOKEN.finditer(rule):
        if token[0] == "=":
            break
        side += token[0]
    return side
