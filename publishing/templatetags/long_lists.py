"""Long lists of a page: their first rows are shown, and the rest is folded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template

register = template.Library()


@dataclass(frozen=True)
class Part:
    """A part of a list; `is_rest` says that it is folded."""

    rows: Sequence[Any]
    is_rest: bool = False


@register.filter
def in_parts(rows: Sequence[Any], shown: int) -> list[Part]:
    """The first rows, so many as are `shown`, and the rest, unless it is less than a third of these."""
    if len(rows) - shown <= shown // 3:
        return [Part(rows)]
    return [Part(rows[:shown]), Part(rows[shown:], is_rest=True)]
