"""How many rows are few and many, for tests of how often pages ask the database."""

from collections.abc import Callable
from typing import Any

from publishing.models import Entry
from publishing.models.entry import kinds

FEW, MANY = 1, 20
Rows = dict[str, list[dict[str, Any]]]


def shared(publish: Callable[..., Entry]) -> Entry:
    """An entry that others point to; it need not be another for each, since each asks for it again."""
    kind = kinds()[publish.__name__.removeprefix("publish_")]
    return kind.objects.first() or publish()
