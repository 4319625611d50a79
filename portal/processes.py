"""Keeps the processes of the casebook running: whichever dies is started again."""

import json
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)
# A process that dies sooner than this after its start is started again after a pause.
SHORT_LIFE, PAUSE = 10, 1

Start = Callable[[], int]

log = logging.getLogger(__name__)


class Processes:
    """Child processes, each with a name and the function that starts it and returns its number."""

    def __init__(self, max_end: int) -> None:
        """max_end: the seconds that the processes have to end by themselves before they are killed."""
        self._max_end = max_end
        self._running: dict[int, tuple[str, Start, float]] = {}
        # As long as this process lives, it holds the end of the pipe that is written to.
        self._lives = os.pipe()

    def start(self, name: str, start: Start) -> int:
        """Start it and keep it running; returns the number of the process."""
        number = start()
        self._running[number] = (name, start, time.monotonic())
        return number

    def fork(self, work: Callable[[], object]) -> int:
        """Do the work in a child that has all that is loaded here, and ends with this process.

        SIGTERM ends the work by KeyboardInterrupt. Returns the number of the child.
        """
        # No signal may arrive in the child before it catches the exception.
        with signals_blocked() as before:
            if (number := os.fork()) == 0:
                _child(work, before, self._lives)
        return number

    def done_apart(self, work: Callable[[], Any]) -> Any:
        """What the work returns, which JSON can hold; a child does it, and takes with it what it loaded.

        Raises KeyboardInterrupt where that ended it, and SystemExit where it failed; it has logged why.
        """
        reading, writing = os.pipe()

        def do_and_answer() -> None:
            # The child ends without Python's own exit, which would flush for it.
            try:
                with os.fdopen(writing, "w", encoding="utf-8") as answer:
                    json.dump([work()], answer)
            finally:
                sys.stdout.flush()

        sys.stdout.flush()
        number = self.start("what is done once", lambda: self.fork(do_and_answer))
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as answer:
            text = answer.read()
        _number, status = os.waitpid(number, 0)
        del self._running[number]
        if status:
            log.error("a process %s", _how(status))
            raise SystemExit(1)
        if not text:
            raise KeyboardInterrupt
        return json.loads(text)[0]

    def keep_running(self) -> NoReturn:
        """Start again whatever ends, until an exception such as KeyboardInterrupt ends this."""
        while True:
            number, status = os.wait()
            name, start, started_at = self._running.pop(number)
            if time.monotonic() - started_at < SHORT_LIFE:
                time.sleep(PAUSE)
            new = self.start(name, start)
            log.error("%s (process %d) %s; started again as process %d", name, number, _how(status), new)

    def stop(self) -> None:
        """Ask all to end; kill those that are still there after the time they have."""
        self._tell(signal.SIGTERM)
        try:
            self._wait(time.monotonic() + self._max_end)
        # Whoever presses Ctrl-C again does not want to wait.
        except KeyboardInterrupt:
            pass
        finally:
            for one in STOP_SIGNALS:
                signal.signal(one, signal.SIG_IGN)
            self._tell(signal.SIGKILL)
            self._wait(float("inf"))

    def _tell(self, what: signal.Signals) -> None:
        """Send the signal to all that run."""
        for number in [*self._running]:
            try:
                os.kill(number, what)
            except ProcessLookupError:
                # Its end was waited for, and Ctrl-C came before that was noted.
                del self._running[number]

    def _wait(self, end: float) -> None:
        while self._running and time.monotonic() < end:
            number, _status = os.waitpid(-1, os.WNOHANG)
            if number:
                self._running.pop(number, None)
            else:
                time.sleep(0.02)


def _how(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return f"ended with status {code}" if code >= 0 else f"was killed by {signal.Signals(-code).name}"


def _child(work: Callable[[], object], before: set[int | signal.Signals], lives: tuple[int, int]) -> NoReturn:
    """Do the work in this process, then end it without the parent's own ways out."""
    status = 1
    try:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(lives[1])
        threading.Thread(target=_end_with_parent, args=(lives[0],), daemon=True).start()
        work()
        status = 0
    except BaseException as error:
        if was_interrupted(error):
            status = 0
        else:
            log.exception("a process failed")
    finally:
        os._exit(status)


def was_interrupted(error: BaseException | None) -> bool:
    """Whether the error is KeyboardInterrupt, or came while that went its way.

    A signal may arrive anywhere: an exception that is raised inside a lock's own code leaves the lock half
    taken, and to release it is another error.
    """
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return True
        error = error.__context__
    return False


@contextmanager
def signals_blocked() -> Iterator[set[int | signal.Signals]]:
    """Signals that stop the process wait until the block has ended; threads started in it never get them.

    Gives the signals that were blocked before.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        yield before
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent(lives: int) -> None:
    """Wait for the end of the pipe, which comes when the parent is gone, however it ended."""
    os.read(lives, 1)
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
