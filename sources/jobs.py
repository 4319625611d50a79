"""What the worker does about sources and pictures when it is due."""

import datetime
from collections.abc import Iterator

from sources.actions import delete_unused_files


def delete_unused_pictures(now: datetime.datetime) -> Iterator[str]:
    """The files of uploads that came to nothing."""
    if count := delete_unused_files():
        yield f"took away {count} files that no picture uses"
