"""Django's SQLite backend, in which who writes waits in a queue. Django looks for it under this name."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base, creation

from config.sqlite.disk import bring_to_disk, write_ahead_log
from config.sqlite.library import SAFE_WRITE_AHEAD_LOG
from config.sqlite.turns import turns_at, turns_file

# How a statement that writes begins; outside a transaction it is one of its own.
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# Pages of the write-ahead log that the database has not yet, from which on whoever has committed copies them.
MOST_LEFT = 1000
# Bytes of the log from which on whoever has committed empties it; usually it is much shorter.
MOST_OF_LOG = 16 * 1024 * 1024
# Seconds for which emptying it may wait for readers; others wait to write meanwhile.
MOST_FOR_LOG = 0.05
# Seconds to wait for the turn to do so; else the next one does.
MOST_FOR_TURN = 0.5
# Seconds to wait until another thread of the process has written; it may wait for a slow writer itself.
MOST_FOR_OTHERS = 0.5
# What SQLite calls the two ways to commit: without waiting for the disk, and waiting for it.
NORMAL, FULL = 1, 2
# Longer statements are not remembered.
MOST_LETTERS = 5000


class DatabaseCreation(creation.DatabaseCreation):
    """Makes the databases of tests."""

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        super()._destroy_test_db(test_database_name, verbosity)  # type: ignore[misc]
        if not self.is_in_memory_db(test_database_name):
            turns_file(test_database_name).unlink(missing_ok=True)


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that brings each statement into the way in which SQLite has places for values, once."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        """The statement as SQLite takes it."""
        if param_names is not None:
            return str(super().convert_query(query, param_names=param_names))
        return (_converted if len(query) <= MOST_LETTERS else _converted.__wrapped__)(query)


@lru_cache(maxsize=1000)
def _converted(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query)).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that draws a number before it takes the write lock, and gives it back afterwards."""

    creation_class = DatabaseCreation

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._number: int | None = None
        self._preparing: threading.Lock | None = None
        # Whether a transaction waits for the disk when others may write already; None before the first one.
        self._syncs_behind_lock: bool | None = None
        # The file of the write-ahead log, once it was asked for.
        self._log: Path | None = None
        self.execute_wrappers.append(self._execute_in_turn)

    def create_cursor(self, name: str | None = None) -> Cursor:
        """One of our own."""
        return self.connection.cursor(factory=Cursor)

    @property
    def has_safe_log(self) -> bool:
        """Whether several connections may use the write-ahead log (docs/adr/0007)."""
        return self.get_database_version() >= SAFE_WRITE_AHEAD_LOG

    def choose_journal(self) -> bool:
        """Write ahead where that is safe, else keep a journal to roll back; whether we write ahead now.

        The file itself says which of the two it has; nobody else may have it open when that changes.
        """
        mode = "wal" if self.has_safe_log else "delete"
        with self.cursor() as cursor:
            cursor.execute(f"PRAGMA journal_mode = {mode}")
            self._syncs_behind_lock = None
            return cursor.fetchone() == ("wal",)

    def init_connection_state(self) -> None:
        """Of the new connection nothing is known yet."""
        super().init_connection_state()
        self._syncs_behind_lock = None
        self._log = None

    def _start_transaction_under_autocommit(self) -> None:
        if self._number is not None:
            # A wrapper of a single statement makes a transaction of it: it is that statement's turn.
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
            return
        left = self._take_turn(self._patience)
        try:
            with self.wrap_database_errors, self._busy_for(left):
                self._wait_for_disk_in_lock(False)
                super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_without_writing()
            raise

    def _execute_in_turn(
        self, execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any
    ) -> Any:
        if self._number is not None or self.in_atomic_block or not sql.startswith(WRITES):
            return execute(sql, parameters, many, context)
        left = self._take_turn(self._patience)
        try:
            with self._busy_for(left):
                return execute(sql, parameters, many, context)
        finally:
            self._leave()
            self._shorten_log()

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        had_turn = self._number is not None
        self._leave()
        if had_turn and self._syncs_behind_lock:
            self._wait_for_disk_in_lock(True)
            self._wait_for_disk()
        if had_turn:
            self._shorten_log()

    def _wait_for_disk(self) -> None:
        try:
            bring_to_disk(self._write_ahead_log)
        except OSError as error:
            raise OperationalError(f"what was written may not be on the disk: {error}") from error

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_without_writing()

    def _leave_without_writing(self) -> None:
        try:
            if self.connection is not None and self._syncs_behind_lock:
                self._wait_for_disk_in_lock(True)
        finally:
            self._leave()

    def _wait_for_disk_in_lock(self, waits: bool) -> None:
        """Whether SQLite does; for a single statement outside a transaction it does, which may end late."""
        if self._syncs_behind_lock is None:
            # So it always does with a rollback journal; and settings may say not to wait at all.
            asked = [self.connection.execute(f"PRAGMA {one}") for one in ("journal_mode", "synchronous")]
            self._syncs_behind_lock = [one.fetchone()[0] for one in asked] == ["wal", FULL]
            if self._syncs_behind_lock and self.has_safe_log:
                # It would copy the log with the lock.
                self.connection.execute("PRAGMA wal_autocheckpoint = 0")
        if self._syncs_behind_lock:
            self.connection.execute(f"PRAGMA synchronous = {FULL if waits else NORMAL}")

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()

    def _shorten_log(self) -> None:
        """Copy the log into the database when it has grown, while others may write; empty it when it is long.

        SQLite itself cannot empty it while one reader follows another.
        """
        # What was written is on the disk: whatever fails here is left to the next one.
        with suppress(self.Database.Error, OperationalError):
            if self._left_in_log() > MOST_LEFT:
                self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            if _size(self._write_ahead_log) > MOST_OF_LOG:
                self._empty_log()

    @property
    def _write_ahead_log(self) -> Path:
        """Its file, for as long as the connection is open: that of the database is open so long, too."""
        if self._log is None:
            self._log = write_ahead_log(str(self.settings_dict["NAME"]))
        return self._log

    def _left_in_log(self) -> int:
        """How many pages of the log the database does not have."""
        if not self._syncs_behind_lock or not self.has_safe_log:
            return 0
        _is_busy, pages, copied = self.connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
        return int(pages - copied)

    def _empty_log(self) -> None:
        self._take_turn(MOST_FOR_TURN)
        try:
            # It waits for those who read now, but not for long; else next time.
            with self._busy_for(MOST_FOR_LOG):
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            self._leave()

    @contextmanager
    def alone_in_process(self) -> Iterator[None]:
        """Wait while another thread of this process is inside and has not written yet.

        A thread may hold the write lock while it waits for the interpreter, and all writers wait with it. A
        transaction inside lets the next thread in as soon as others may write: when it ends, before it waits
        for the disk. A thread that has waited MOST_FOR_OTHERS seconds goes on, though it is not alone.
        """
        if self.is_in_memory_db() or self._preparing is not None:
            yield
            return
        preparing = turns_at(str(self.settings_dict["NAME"])).preparing
        self._preparing = preparing if preparing.acquire(timeout=MOST_FOR_OTHERS) else None
        try:
            yield
        finally:
            self._let_others_prepare()

    def _let_others_prepare(self) -> None:
        if self._preparing is not None:
            preparing, self._preparing = self._preparing, None
            preparing.release()

    def _take_turn(self, patience: float) -> float:
        """Wait so long for the turn; how many seconds are left to wait for programs that do not queue."""
        if self.is_in_memory_db():
            return patience
        begun, turns = time.monotonic(), turns_at(str(self.settings_dict["NAME"]))
        try:
            self._number = turns.draw()
        except OSError as error:
            raise OperationalError(f"no place in the queue of writers: {error}") from error
        if not turns.wait(self._number, patience):
            self._leave()
            raise OperationalError("database is locked: others still wait to write")
        return patience - (time.monotonic() - begun)

    def _leave(self) -> None:
        if self._number is not None:
            number, self._number = self._number, None
            turns_at(str(self.settings_dict["NAME"])).leave(number)
            self._let_others_prepare()

    @property
    def _patience(self) -> float:
        return float(self.settings_dict["OPTIONS"].get("timeout", 5))

    @contextmanager
    def _busy_for(self, left: float) -> Iterator[None]:
        """Let SQLite wait no longer than that, where the queue took much of the time."""
        if left > self._patience / 2:
            yield
            return
        self.connection.execute(f"PRAGMA busy_timeout = {left * 1000:.0f}")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {self._patience * 1000:.0f}")


def _size(file: Path) -> int:
    """In bytes; none of a file that there is not."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
