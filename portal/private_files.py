"""Keeps what is stored to the account that runs the casebook: passwords' digests, addresses, drafts."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

# What SQLite, and the queue before its lock, keep in files beside that of the database.
BESIDE = ("-journal", "-wal", "-shm", "-turns")
UMASK = 0o077
FOLDER, FILE = 0o700, 0o600


def keep_private() -> None:
    """Let nobody else read what this process writes from now on, nor what is there already."""
    os.umask(UMASK)
    for path in _stored():
        _restrict(path)


def _stored() -> Iterator[Path]:
    """The folder var with all in it, and the database's files wherever they are."""
    for folder, _folders, files in os.walk(settings.ROOT / "var"):
        yield Path(folder)
        yield from (Path(folder) / name for name in files)
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        yield from files_of_database(Path(database["NAME"]))


def files_of_database(file: Path) -> Iterator[Path]:
    """The file of an SQLite database and those that may lie beside it."""
    yield from (file.with_name(file.name + ending) for ending in ("", *BESIDE))


def _restrict(path: Path) -> None:
    """Take the rights of others away, where the file is ours and is no link to another."""
    if path.is_symlink() or not path.exists() or path.stat().st_uid != os.getuid():
        return
    mode = FOLDER if path.is_dir() else FILE
    if path.stat().st_mode & 0o777 & ~mode:
        path.chmod(mode)
