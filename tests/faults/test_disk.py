"""What was committed is on the disk before anybody is told, and nobody who wants to write waits for that."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import F

from config.sqlite import base, disk
from publishing.models import ChainHead

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


@pytest.fixture(autouse=True)
def _as_in_the_settings() -> Iterator[None]:
    """The connections of tests do not wait for the disk; the next one does."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL waits for the disk itself")
    connection.close()
    before = connection.settings_dict["OPTIONS"]["init_command"]
    connection.settings_dict["OPTIONS"]["init_command"] = "PRAGMA synchronous=FULL"
    yield
    connection.settings_dict["OPTIONS"]["init_command"] = before
    connection.close()


@pytest.fixture
def brought(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """For each time that a log is brought to the disk: whether somebody else can write meanwhile."""
    found: list[Any] = []

    def bring(log: Path) -> None:
        with closing(sqlite3.connect(connection.settings_dict["NAME"], 0, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            said = other.execute("SELECT digest FROM publishing_chainhead").fetchone()[0]
            other.execute("ROLLBACK")
        found.append((log.name.endswith("-wal"), said))
        disk.bring_to_disk(log)

    monkeypatch.setattr(base, "bring_to_disk", bring)
    return found


def how_it_waits() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        return int(cursor.fetchone()[0])


def test_a_transaction_waits_for_the_disk_when_others_may_write_already(brought: list[Any]) -> None:
    with transaction.atomic():
        ChainHead.objects.update(digest="told")
        inside = how_it_waits()
        assert brought == []

    assert (inside, brought, how_it_waits()) == (base.NORMAL, [(True, "told")], base.FULL)


def test_a_single_statement_waits_for_the_disk_in_the_lock(brought: list[Any]) -> None:
    ChainHead.objects.update(digest=F("digest"))

    assert (brought, how_it_waits()) == ([], base.FULL)


def test_what_is_rolled_back_waits_for_nothing(brought: list[Any]) -> None:
    with transaction.atomic():
        ChainHead.objects.update(digest="never")
        transaction.set_rollback(True)

    assert (brought, how_it_waits()) == ([], base.FULL)


def test_a_disk_that_fails_is_told_and_the_next_may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_file: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(disk, "_to_disk", fail)
        with pytest.raises(OperationalError, match="may not be on the disk"), transaction.atomic():
            ChainHead.objects.update(digest=F("digest"))

    with transaction.atomic():
        ChainHead.objects.update(digest="next")
    assert ChainHead.objects.get().digest == "next"


@pytest.mark.parametrize("pragma", ["PRAGMA synchronous=OFF", "PRAGMA synchronous=NORMAL"])
def test_settings_that_do_not_wait_are_left_so(pragma: str, brought: list[Any]) -> None:
    connection.close()
    connection.settings_dict["OPTIONS"]["init_command"] = pragma

    with transaction.atomic():
        ChainHead.objects.update(digest=F("digest"))

    assert brought == []
    assert how_it_waits() < base.FULL


def other_connection() -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(connection.settings_dict["NAME"], 0, isolation_level=None))


def left_in_log() -> tuple[bool, bool]:
    """Whether the log has pages, and whether the database has all of them."""
    with other_connection() as other:
        _is_busy, pages, copied = other.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
    return pages > 0, pages == copied


def test_a_log_that_has_grown_is_copied_into_the_database_when_others_may_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    others_write: list[bool] = []

    def left(self: Any) -> int:
        with other_connection() as other:
            other.execute("BEGIN IMMEDIATE")
            others_write.append(other.in_transaction)
        return found(self)

    found = base.DatabaseWrapper._left_in_log
    monkeypatch.setattr(base.DatabaseWrapper, "_left_in_log", left)
    # SQLite itself would copy a thousand pages, with the lock.
    monkeypatch.setattr(base, "MOST_LEFT", 10_000)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filling AS SELECT randomblob(6000000) AS content")
        cursor.execute("DROP TABLE filling")
    before = left_in_log()
    monkeypatch.setattr(base, "MOST_LEFT", 10)

    with transaction.atomic():
        ChainHead.objects.update(digest=F("digest"))

    assert (before, left_in_log(), others_write) == ((True, False), (True, True), [True, True])


def test_a_log_that_cannot_be_copied_is_left_to_the_next_and_the_writer_is_told_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_self: Any) -> int:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as broken, transaction.atomic():
        broken.setattr(base.DatabaseWrapper, "_left_in_log", fail)
        ChainHead.objects.update(digest="told")

    assert ChainHead.objects.get().digest == "told"


def test_the_folder_of_a_new_log_is_brought_to_the_disk_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders: list[Path] = []
    monkeypatch.setattr(disk, "_bring_folder_to_disk", folders.append)
    log = tmp_path / "a-wal"

    disk.bring_to_disk(log)
    assert folders == []
    log.touch()
    for _one in range(2):
        disk.bring_to_disk(log)

    assert folders == [tmp_path]


def test_the_log_of_a_database_behind_a_link_is_beside_the_database(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    link = tmp_path / "casebook.sqlite3"
    link.symlink_to(tmp_path / "disk" / "real.sqlite3")
    with closing(sqlite3.connect(link)) as one:
        one.execute("PRAGMA journal_mode = wal")
        one.execute("CREATE TABLE something (number)")
        one.commit()

        assert disk.write_ahead_log(str(link)).stat().st_size > 0
