"""Whether what was committed is on the disk: the write-ahead log is brought there behind the write lock.

SQLite itself waits for the disk while it holds the lock, and everybody who wants to write waits with it.
"""

import os
from pathlib import Path

_to_disk = getattr(os, "fdatasync", os.fsync)
# The logs of which the folder, too, is on the disk, by path.
_in_their_folders: dict[Path, int] = {}


def write_ahead_log(database: str) -> Path:
    """The file with what was committed last, beside the database; SQLite follows links before it names it."""
    return Path(f"{os.path.realpath(database)}-wal")


def bring_to_disk(log: Path) -> None:
    """Wait until all that was written to the log is on the disk; raises OSError where the disk fails.

    A log that is gone was brought into the database, and SQLite waited for the disk then.
    """
    try:
        file = os.open(log, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        _to_disk(file)
        made = os.fstat(file).st_ino
    finally:
        os.close(file)
    if _in_their_folders.get(log) != made:
        _bring_folder_to_disk(log.parent)
        _in_their_folders[log] = made


def _bring_folder_to_disk(folder: Path) -> None:
    """That there is a log, the folder says."""
    opened = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
