"""Set up the casebook if needed, and serve it."""

import gc
import os
import secrets
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import connection

from portal.page_cache.front import Application, Front
from portal.private_files import keep_private
from portal.processes import STOP_SIGNALS, Processes, signals_blocked, was_interrupted
from portal.web_server import a_server

FIRST_ADMINISTRATOR = "admin"
# More is for those who say so (SERVERS).
MOST_SERVERS = 4
# The exit status of shells for a command that Ctrl-C ended.
INTERRUPTED = 130
MAX_END = 7  # seconds for requests, of which waitress lets five pass, and for the worker's job; then killed
MAX_SHUTDOWN = 12  # seconds; then Ctrl-C is repeated


class Command(BaseCommand):
    """What `make run` does: migrate, load the starter content, make the first administrator, serve."""

    help = "Set the casebook up where that is still to do, and serve it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run all steps; a step that was done before changes nothing."""
        for one in STOP_SIGNALS:
            signal.signal(one, _interrupt)
        keep_private()
        processes = Processes(MAX_END)
        try:
            with _listening(settings.PORT) as listener:
                connection.close()
                # By a child: all that serve would share what the migrations and the starter content load.
                number, refused = processes.done_apart(self._set_up)
                if refused:
                    raise CommandError(refused)
                self._serve(processes, listener, number)
        except BaseException as error:
            if was_interrupted(error):
                raise SystemExit(INTERRUPTED) from None
            raise
        finally:
            processes.stop()
            # Ignore further signals: there is nothing left to stop.
            for one in STOP_SIGNALS:
                signal.signal(one, signal.SIG_IGN)

    def _set_up(self) -> tuple[int, str]:
        """Whatever is still to do; returns how many processes are to serve, and what a command refused."""
        try:
            return self._steps(), ""
        except CommandError as error:
            return 0, str(error)

    def _steps(self) -> int:
        call_command("migrate", verbosity=0)
        number = self._choose_number()
        if static_files_changed():
            call_command("collectstatic", interactive=False, verbosity=0)
        administrator = self._first_administrator()
        call_command("load_starter", by=administrator, quiet_if_complete=True, stdout=self.stdout)
        connection.close()
        return number

    def _choose_number(self) -> int:
        """How many processes serve: what the settings say, else one for each core where that is safe."""
        cores = min(os.cpu_count() or 1, MOST_SERVERS)
        if connection.vendor == "sqlite" and not connection.choose_journal():  # type: ignore[attr-defined]
            version = ".".join(map(str, connection.get_database_version()))
            self.stdout.write(
                f"\n  SQLite {version} has no safe write-ahead log: readers wait while somebody saves, and"
                " one process serves unless SERVERS says otherwise.\n"
            )
            cores = 1
        return settings.SERVERS or cores

    def _first_administrator(self) -> str:
        """The name of the first superuser; if there is none, create it and print its password."""
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

    def _serve(self, processes: Processes, listener: socket.socket, number: int) -> None:
        """Keep so many processes that serve requests, and the worker, running until a signal ends them."""
        application = get_internal_wsgi_application()
        # What is loaded is for ever: whoever looks through it for garbage copies the memory that all share.
        gc.collect()
        gc.freeze()
        try:
            for one in range(1, number + 1):
                processes.start(
                    f"server {one}", lambda: processes.fork(lambda: _serve_requests(application, listener))
                )
            processes.start("the worker", lambda: processes.fork(_become_worker))
            self.stdout.write(
                f"\n  The casebook is at {settings.SITE_URL}/"
                f"\n  The desk is at     {settings.SITE_URL}/en/admin/"
                "\n  Ctrl-C stops it.\n"
            )
            self.stdout.flush()
            processes.keep_running()
        except KeyboardInterrupt:
            # What was asked for.
            pass


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Raise KeyboardInterrupt, and again later if the process is still running.

    Python drops an exception that is raised while it runs a destructor or a weak reference's callback.
    """
    signal.alarm(MAX_SHUTDOWN)
    raise KeyboardInterrupt


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    """Open the port at once, so that a browser waits until the set-up is done."""
    try:
        listener = socket.create_server(("127.0.0.1", port))
    except PermissionError as error:
        raise CommandError(
            f"Port {port} is kept for the system's own services. Choose one above 1023: PORT=8000 make run"
        ) from error
    except OSError as error:
        raise CommandError(f"Port {port} is taken. Choose another: PORT={port + 1} make run") from error
    with listener:
        yield listener


def static_files_changed() -> bool:
    """Whether a static file is newer than staticfiles.json, which collectstatic writes last."""
    listed = Path(settings.STATIC_ROOT) / "staticfiles.json"
    files = (storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    return not listed.exists() or any(Path(file).stat().st_mtime > listed.stat().st_mtime for file in files)


def _serve_requests(application: Application, listener: socket.socket) -> None:
    """Serve; waitress ends at KeyboardInterrupt."""
    # Its threads do not start half.
    with signals_blocked():
        server = a_server(application, listener)
    try:
        server.run()
    finally:
        # The last connection that closes puts SQLite's log into its file.
        if isinstance(application, Front):
            application.newest_at_once.close()


def _become_worker() -> None:
    """Turn this process into the worker, which ends with its parent, however that ends."""
    # A process group of its own, so that Ctrl-C in the terminal does not interrupt its start.
    os.setpgrp()
    manage = str(settings.ROOT / "manage.py")
    os.execv(sys.executable, [sys.executable, manage, "work", "--with-parent", str(os.getppid())])  # noqa: S606 (nothing of it comes from outside)
