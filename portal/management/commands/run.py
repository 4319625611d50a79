"""Set the casebook up where that is still to do, and serve it."""

import multiprocessing
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from granian import Granian
from granian.constants import Interfaces

# Before this release SQLite's write-ahead log can, rarely, corrupt a database with several
# connections (docs/adr/0007); the rollback journal is safe in all of them.
SAFE_WRITE_AHEAD_LOG = (3, 51, 3)
FIRST_ADMINISTRATOR = "admin"
# As shells report a command that Ctrl-C ended.
INTERRUPTED = 130
LONGEST_GOODBYE = 5  # seconds; then a worker that does not end by itself is ended


class Command(BaseCommand):
    """What `make run` does: migrate, load the starter content, make the first administrator, serve."""

    help = "Set the casebook up where that is still to do, and serve it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Each step does nothing where it was done before."""
        # Before it says that Ctrl-C stops it: Python may drop one that comes while it clears up.
        _end_even_if_the_server_hangs()
        try:
            self._set_up()
            _serve(settings.PORT)
        except KeyboardInterrupt:
            raise SystemExit(INTERRUPTED) from None

    def _set_up(self) -> None:
        _check_port(settings.PORT)
        call_command("migrate", verbosity=0)
        _set_journal()
        if static_files_changed():
            call_command("collectstatic", interactive=False, verbosity=0)
        administrator = self._first_administrator()
        call_command("load_starter", by=administrator, quiet_if_complete=True, stdout=self.stdout)
        self.stdout.write(
            f"\n  The casebook is at {settings.SITE_URL}/"
            f"\n  The desk is at     {settings.SITE_URL}/en/admin/"
            "\n  Ctrl-C stops it.\n"
        )
        self.stdout.flush()

    def _first_administrator(self) -> str:
        """The name of the first account, made and told where there is none."""
        accounts = get_user_model().objects
        first = accounts.filter(is_superuser=True).order_by("pk").first()
        if first is not None:
            return first.get_username()
        password = secrets.token_urlsafe(12)
        accounts.create_superuser(FIRST_ADMINISTRATOR, password=password)
        self.stdout.write(
            f"\n  Administrator: {FIRST_ADMINISTRATOR}\n  Password:      {password}"
            "\n  It is shown this once only.\n"
        )
        self.stdout.flush()
        return FIRST_ADMINISTRATOR


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(f"Port {port} is taken. Choose another: PORT={port + 1} make run") from error


def static_files_changed() -> bool:
    """Whether one is newer than the list that collecting them writes last."""
    listed = Path(settings.STATIC_ROOT) / "staticfiles.json"
    files = (storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    return not listed.exists() or any(Path(file).stat().st_mtime > listed.stat().st_mtime for file in files)


def _set_journal() -> None:
    if connection.vendor != "sqlite":
        return
    mode = "wal" if sqlite3.sqlite_version_info >= SAFE_WRITE_AHEAD_LOG else "delete"
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA journal_mode={mode}")


def _serve(port: int) -> None:
    connection.close()
    os.register_at_fork(after_in_child=_leave_ctrl_c_to_the_server)
    # What is scheduled is carried out beside the server, and ends with it, however it ends;
    # in a group of its own, where a terminal's Ctrl-C does not reach it in the middle of its start.
    worker = subprocess.Popen(  # noqa: S603 (nothing of it comes from outside)
        [sys.executable, "manage.py", "work", "--with-parent", str(os.getpid())],
        cwd=settings.ROOT,
        process_group=0,
    )
    try:
        _serve_pages(port)
    finally:
        worker.terminate()
        try:
            worker.wait(LONGEST_GOODBYE)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def _serve_pages(port: int) -> None:
    Granian(
        "config.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        workers_kill_timeout=LONGEST_GOODBYE,
        working_dir=Path(settings.ROOT),
        log_access=False,
        log_level="warning",
    ).serve()


def _leave_ctrl_c_to_the_server() -> None:
    """Ctrl-C reaches every process of a terminal, but the server ends its worker by itself.

    A worker that hears of it twice, or while it still starts, may hang.
    """
    signal.set_wakeup_fd(-1)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _end_even_if_the_server_hangs() -> None:
    """A signal that comes while the server locks what its own handler sets would hold it up for ever.

    Python tells of the signal on a socket too, before any handler, and a thread listens there.
    """
    told, tells = socket.socketpair()
    tells.setblocking(False)
    signal.set_wakeup_fd(tells.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_end_later, args=(told, tells), daemon=True).start()


def _end_later(told: socket.socket, _kept_open: socket.socket) -> None:
    while not {signal.SIGINT, signal.SIGTERM} & {*told.recv(64)}:
        pass
    time.sleep(LONGEST_GOODBYE + 2)
    for worker in multiprocessing.active_children():
        worker.kill()
    os._exit(INTERRUPTED)
