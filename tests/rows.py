"""Rows that tests of many modules start from."""

from publishing.models import Entry
from tests.factories import publish_one_of_each
from tests.kept import kept


@kept
def one_of_each() -> dict[str, Entry]:
    """An entry of each kind, and what it points to, by name."""
    return publish_one_of_each()
