"""What is remembered between the pages of tests is what would be gathered now."""

from collections.abc import Iterator
from itertools import count

import pytest

from publishing.remembered import Memory
from tests.factories import publish_theme

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("remembered")]


@pytest.fixture
def themes() -> Memory[int]:
    """Says how often it was gathered."""
    times: Iterator[int] = count(1)
    return Memory(lambda: next(times), ("theme",))


def test_what_was_gathered_stays_until_something_is_published(themes: Memory[int]) -> None:
    publish_theme()
    assert (themes.recall(), themes.recall()) == (1, 1)

    publish_theme()

    assert (themes.recall(), themes.recall()) == (2, 2)


def test_of_tables_of_which_no_revision_tells_nothing_is_remembered(themes: Memory[int]) -> None:
    assert (themes.recall(), themes.recall()) == (1, 2)
