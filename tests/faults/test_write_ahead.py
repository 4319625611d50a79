"""SQLite with its write-ahead log: which library, how long the log grows, and who waits for whom."""

import io
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from config.env import ROOT
from config.sqlite import base
from config.sqlite.library import SAFE_WRITE_AHEAD_LOG
from portal.management.commands.run import Command
from publishing.models import Revision
from tests.desk.conftest import signed_in
from tests.desk.sheets import Sheet
from tests.factories import an_account, publish_theme

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]

# Seconds for which a reader reads; for so long the log cannot be begun again.
LONG = 0.003
# Seconds for which whoever empties the log waits for readers. Where a new reader takes over the lock of the old one for
# which SQLite waits, it waits in vain, and the next one who writes tries again.
MOST = 1


def system_version() -> tuple[int, ...]:
    command = [sys.executable, "-c", "import sqlite3; print(*sqlite3.sqlite_version_info)"]
    return tuple(map(int, subprocess.check_output(command, text=True).split()))


@pytest.mark.parametrize("module", ["config.settings", "config.wsgi", "config.sqlite.base"])
def test_the_whole_process_has_one_sqlite_and_that_is_the_newest(module: str) -> None:
    import_module(module)
    newest = system_version()
    if newest < SAFE_WRITE_AHEAD_LOG and find_spec("pysqlite3"):
        newest = max(newest, import_module("pysqlite3").sqlite_version_info)
    code = f"import {module}, sqlite3; print(*sqlite3.sqlite_version_info)"
    environment = {"DEVELOPMENT": "1", "SECRET_KEY": "no-secret", "DJANGO_SETTINGS_MODULE": "config.settings"}

    found = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True, env=environment)

    assert tuple(map(int, found.split())) == newest == sqlite3.sqlite_version_info
    assert connection.Database is sys.modules["sqlite3.dbapi2"]


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The write-ahead log, which is long from two megabytes on; and a table to fill it with."""
    monkeypatch.setattr(base, "MOST_OF_LOG", 2 * 2**20)
    yield Path(f"{connection.settings_dict['NAME']}-wal")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE filling")


def fill() -> None:
    """Commit half a megabyte."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS filling (content BLOB)")
        cursor.execute("DELETE FROM filling")
        cursor.execute("INSERT INTO filling VALUES (randomblob(500000))")


def test_the_log_stays_short_while_one_reader_follows_another(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "MOST_FOR_LOG", MOST)
    fill()
    is_over = threading.Event()
    readers = threading.Thread(target=read_in_turn, args=(connection.settings_dict["NAME"], is_over))
    readers.start()

    sizes = []
    for _one in range(14):
        fill()
        sizes.append(log.stat().st_size)
    is_over.set()
    readers.join()

    # Never emptied, it would have seven.
    assert max(sizes) < 6 * 2**20


def test_a_reader_who_does_not_end_keeps_no_writer_waiting_and_the_log_is_emptied_afterwards(
    log: Path,
) -> None:
    fill()
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM filling").fetchall()
        begun = time.monotonic()
        for _one in range(6):
            fill()
        waited, long = time.monotonic() - begun, log.stat().st_size

    fill()

    # Without a limit each of them would wait as long as the connection has patience.
    assert waited < connection.settings_dict["OPTIONS"]["timeout"]
    assert long > base.MOST_OF_LOG
    assert log.stat().st_size == 0


def read_in_turn(database: str, is_over: threading.Event) -> None:
    """Two readers, of whom each begins before the other ends, so that there is always one who reads."""
    with (
        closing(sqlite3.connect(database, isolation_level=None)) as one,
        closing(sqlite3.connect(database, isolation_level=None)) as other,
    ):
        begin(one)
        while not is_over.wait(LONG):
            begin(other)
            one.rollback()
            one, other = other, one


def begin(reader: sqlite3.Connection) -> None:
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM filling").fetchall()


def test_a_form_is_read_checked_and_refused_while_somebody_else_writes() -> None:
    theme, desk = publish_theme(), signed_in(an_account("editor", is_staff=True, is_superuser=True))
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        page = desk.get(f"/en/admin/pillars/theme/{theme.pk}/change/")
        refused = Sheet.of(desk, theme, title_en="Other", public_note="").save(_save="Publish")

        other.rollback()
    assert (page.status_code, refused.status_code) == (200, 200)
    assert "Error:" in refused.content.decode()
    assert Revision.objects.count() == 1


@pytest.mark.every_database
@pytest.mark.parametrize("is_safe, asked, expected", [(True, 0, 4), (False, 0, 1), (False, 3, 3)])
def test_several_processes_serve_where_readers_need_not_wait(
    is_safe: bool, asked: int, expected: int, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.SERVERS, out = asked, io.StringIO()
    monkeypatch.setattr("os.cpu_count", lambda: 16)
    monkeypatch.setattr(base.DatabaseWrapper, "has_safe_log", is_safe)
    is_sqlite = connection.vendor == "sqlite"

    number = Command(stdout=out)._choose_number()
    monkeypatch.undo()
    if is_sqlite:
        connection.choose_journal()  # type: ignore[attr-defined]

    assert number == (expected if is_sqlite else asked or 4)
    assert ("one process serves" in out.getvalue()) == (is_sqlite and not is_safe)
