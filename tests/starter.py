"""The starter content, read once for all tests of a process."""

import pickle
from functools import cache

from portal.starter.reading import read_all
from publishing.snapshots import Snapshot


def starter_content() -> list[Snapshot]:
    """All snapshots of it, which whoever asks may change."""
    found: list[Snapshot] = pickle.loads(_packed())  # noqa: S301 (our own)
    return found


@cache
def _packed() -> bytes:
    return pickle.dumps(read_all())
