"""Casebooks to break: one at its beginning, and a finished one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.finished import FirstStart, give_database
from tests.faults.servers import Casebook, killed_at_the_end


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Casebook]:
    """One that was never run."""
    yield from killed_at_the_end(Casebook(tmp_path))


@pytest.fixture
def finished_casebook(casebook: Casebook, tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    """One that was run before: it has tables, the starter content and an administrator."""
    give_database(casebook, tmp_path_factory)
    return casebook


@pytest.fixture
def first_start(finished_casebook: Casebook, tmp_path_factory: pytest.TempPathFactory) -> FirstStart:
    """How it was made."""
    return give_database(finished_casebook, tmp_path_factory)
