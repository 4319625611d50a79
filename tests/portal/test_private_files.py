"""What the casebook stores is for the account that runs it alone."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.private_files import keep_private


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_what_is_there_and_what_is_written_later_is_private(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ROOT, database = tmp_path, tmp_path / "elsewhere" / "sulh.sqlite3"
    file_of_database = {"ENGINE": "config.sqlite", "NAME": database}
    monkeypatch.setitem(settings.DATABASES, "default", file_of_database)
    folder = tmp_path / "var" / "media"
    folder.mkdir(parents=True)
    database.parent.mkdir()
    beside = [Path(f"{database}{ending}") for ending in ("-journal", "-wal", "-shm", "-turns")]
    for file in (folder / "a.webp", tmp_path / "var" / "environment", database, *beside):
        file.touch()
    (tmp_path / "var" / "elsewhere").symlink_to(tmp_path / "elsewhere")

    keep_private()
    (tmp_path / "var" / "later").touch()

    assert {mode(one) for one in (tmp_path / "var", folder)} == {0o700}
    private = (folder / "a.webp", tmp_path / "var" / "environment", tmp_path / "var" / "later", database)
    assert {mode(one) for one in (*private, *beside)} == {0o600}
    assert mode(database.parent) == 0o755
