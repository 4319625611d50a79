"""Writes the rules of a mapping as TOML, which the standard library reads and does not write."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from imports.schemes.toml_comments import Comments, Path

BARE = re.compile(r"[A-Za-z0-9_-]+")


def as_toml(rules: Mapping[str, Any], comments: Comments | None = None) -> str:
    """The rules: texts, lists of texts, and tables of these, or of such tables; with the comments."""
    comments = comments or Comments()
    lines = [*comments.head, ""] if comments.head else []
    lines += _plain(rules, (), comments)
    for name, table in rules.items():
        if _is_table(table):
            lines += _table((name,), table, comments)
    if rest := comments.rest():
        lines += ["", *rest]
    return "\n".join(lines) + "\n"


def _table(path: Path, table: Mapping[str, Any], comments: Comments) -> list[str]:
    above, beside = comments.taken(path)
    plain = [*_plain(table, path, comments)]
    head = [f"[{'.'.join(map(_key, path))}]{beside}"] if plain or beside else []
    lines = ["", *above, *head, *plain] if above or head else []
    for name, value in table.items():
        if _is_table(value):
            lines += _table((*path, name), value, comments)
    return lines


def _plain(table: Mapping[str, Any], path: Path, comments: Comments) -> Iterator[str]:
    """A line for each rule that is no table."""
    for name, value in table.items():
        if not _is_table(value):
            above, beside = comments.taken((*path, name))
            yield from above
            yield f"{_key(name)} = {_value(value)}{beside}"


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _text(name)


def _value(value: Any) -> str:
    return f"[{', '.join(map(_text, value))}]" if isinstance(value, list) else _text(value)


def _text(text: str) -> str:
    """As in JSON, but that TOML escapes one more character, and none by halves."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
