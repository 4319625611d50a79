"""A queue before the one write lock of an SQLite file, over all threads and processes of a machine.

SQLite itself lets whoever asks at the right moment go first, so that a writer may wait for ever. Here each
draws a number, and waits for the one before. Nothing depends on it but the order: whoever does not queue is
held up by SQLite's lock, as everybody is.
"""

import fcntl
import mmap
import os
import threading
import time
from pathlib import Path

# The last number drawn, in the file's first bytes. Whoever has a number locks the byte of that number, far
# behind: the system itself takes the lock from a process that dies.
COUNTER, FIRST = 8, 2**20
# Seconds between two looks at a number that another process has: soon after, and still long before, its end.
SHORT_PAUSE, LONG_PAUSE = 0.0005, 0.003


class Turns:
    """The queue of one database; one object for each process, which its threads share."""

    def __init__(self, path: Path) -> None:
        """path: of the file that all processes share; it is made where it is missing."""
        # Never closed: a process that closes a file loses all its locks on it.
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if os.fstat(self._file).st_size < COUNTER:
            os.ftruncate(self._file, COUNTER)
        # Counting needs no room on the disk then.
        self._counter = mmap.mmap(self._file, COUNTER)
        self._changed = threading.Condition()
        self._own: set[int] = set()
        # Held by the thread of this process that prepares what it will write (`alone_in_process`).
        self.preparing = threading.Lock()

    def draw(self) -> int:
        """A number, which is given back with `leave`."""
        with self._changed:
            fcntl.lockf(self._file, fcntl.LOCK_EX, COUNTER)
            try:
                number = int.from_bytes(self._counter[:], "little") + 1
                self._counter[:] = number.to_bytes(COUNTER, "little")
                fcntl.lockf(self._file, fcntl.LOCK_EX, 1, FIRST + number)
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, COUNTER)
            self._own.add(number)
        return number

    def wait(self, number: int, seconds: float) -> bool:
        """Wait for the turn of the number; False after so many seconds."""
        end = time.monotonic() + seconds
        before = number - 1
        with self._changed:
            while (left := end - time.monotonic()) > 0:
                if before in self._own:
                    self._changed.wait(left)
                elif self._has_left(before):
                    return True
                else:
                    is_next = before - 1 not in self._own and self._has_left(before - 1)
                    self._changed.wait(min(left, SHORT_PAUSE if is_next else LONG_PAUSE))
        return False

    def leave(self, number: int) -> None:
        """Let the next one go."""
        with self._changed:
            self._own.discard(number)
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, FIRST + number)
            self._changed.notify_all()

    def _has_left(self, number: int) -> bool:
        """Whether no other process has the number."""
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, FIRST + number)
        except OSError:
            return False
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, FIRST + number)
        return True


def turns_file(database: str) -> Path:
    """The file of the queue, beside the database."""
    return Path(f"{database}-turns")


def turns_at(database: str) -> Turns:
    """The queue before the file of that name: the same object for all threads of this process.

    A process does not see its own locks. With two objects, a number drawn from one and given back to the
    other would hold up whoever waits at the first.
    """
    with _made.lock:
        if database not in _made.turns:
            _made.turns[database] = Turns(turns_file(database))
        return _made.turns[database]


class _Made:
    """The queues of this process, by the name of the database's file."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.turns: dict[str, Turns] = {}


_made = _Made()
# A child has no number of its parent's, and shares no lock with its threads.
os.register_at_fork(after_in_child=_made.__init__)  # type: ignore[misc]
