"""Casebooks to break: a finished one, and one at its beginning."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.servers import Casebook, killed_at_the_end


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Casebook]:
    """One that was never run."""
    yield from killed_at_the_end(Casebook(tmp_path))
