"""Writes the rules of a mapping as TOML, which the standard library reads and does not write."""

import json
import re
from collections.abc import Mapping
from typing import Any

BARE = re.compile(r"[A-Za-z0-9_-]+")


def as_toml(rules: Mapping[str, Any]) -> str:
    """The rules: texts, lists of texts, and tables of these, or of such tables."""
    lines = [f"{_key(name)} = {_value(value)}" for name, value in rules.items() if not _is_table(value)]
    for name, table in rules.items():
        if _is_table(table):
            lines += _table(_key(name), table)
    return "\n".join(lines) + "\n"


def _table(name: str, table: Mapping[str, Any]) -> list[str]:
    plain = {key: value for key, value in table.items() if not _is_table(value)}
    lines = ["", f"[{name}]"] if plain else []
    lines += [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for key, value in table.items():
        if _is_table(value):
            lines += _table(f"{name}.{_key(key)}", value)
    return lines


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _text(name)


def _value(value: Any) -> str:
    return f"[{', '.join(map(_text, value))}]" if isinstance(value, list) else _text(value)


def _text(text: str) -> str:
    """As in JSON, but that TOML escapes one more character, and none by halves."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
