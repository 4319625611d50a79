"""Jobs of the worker for sources and pictures."""

import datetime
from collections.abc import Iterator

from sources.actions import delete_unused_files


def delete_unused_pictures(now: datetime.datetime) -> Iterator[str]:
    """Delete the files of uploads that nothing uses."""
    if count := delete_unused_files():
        yield f"took away {count} files that no picture uses"
