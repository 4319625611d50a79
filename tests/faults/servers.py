"""Real servers of their own database, and editors who come to them over HTTP."""

import fcntl
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

import pytest

from config.env import ROOT
from portal.management.commands import run
from tests.desk.sheets import Fields

# Seconds that a crowded machine may take for anything; whoever waits goes on as soon as it is done.
PATIENCE = 600


class Stay(HTTPRedirectHandler):
    """Redirects are answers here."""

    def redirect_request(self, *_args: object) -> None:
        return None


class Browser:
    """Cookies, pages and forms over real HTTP; nothing else."""

    def __init__(self, site: str, session: str = "") -> None:
        self.site = site
        self.opener = build_opener(ProxyHandler({}), Stay())
        self.cookies = {"session": session}
        # Of the last answer.
        self.headers: dict[str, str] = {}

    def get(self, path: str) -> tuple[int, str]:
        """The status and the page."""
        return self._ask(path, None)[:2]

    def sign_in(self, name: str, password: str) -> None:
        """Come in at the desk's door."""
        door = "/en/accounts/login/"
        fields = Fields(self.get(door)[1]).values
        sent = {**fields, "login": [name], "password": [password]}
        assert self._ask(door, sent)[0] == 302

    def save(self, path: str, **typed: str) -> tuple[int, str]:
        """Open a form, type, send: the status, and where it leads."""
        status, page = self.get(path)
        assert status == 200, status
        return self.send(path, Fields(page).values | {name: [value] for name, value in typed.items()})

    def send(self, path: str, fields: dict[str, list[str]]) -> tuple[int, str]:
        """Send a form: the status, and where it leads."""
        status, _page, leads_to = self._ask(path, fields)
        return status, leads_to

    def _ask(self, path: str, fields: dict[str, list[str]] | None) -> tuple[int, str, str]:
        sent = None if fields is None else urlencode(fields, doseq=True).encode()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            asked = Request(f"{self.site}{path}", sent, {"Cookie": cookies})  # noqa: S310
            answer = self.opener.open(asked, timeout=PATIENCE)
        except HTTPError as refused:
            answer = refused
        with answer:
            for line in answer.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
            self.headers = dict(answer.headers)
            return answer.status, answer.read().decode(), answer.headers.get("Location", "")


class Casebook:
    """`manage.py run` on a database file in a directory of its own."""

    def __init__(self, directory: Path, port: int | None = None) -> None:
        self.database = directory / "casebook.sqlite3"
        self.media = directory / "media"
        self.port = port or free_port()
        settings = directory / "environment"
        settings.write_text(f"DEVELOPMENT=1\nSECRET_KEY={'not-a-secret-' * 5}\n")
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DJANGO_SETTINGS_MODULE", "SITE_URL"}
        }
        self.environment = kept | {
            "ENVIRONMENT_FILE": str(settings),
            "DATABASE_URL": f"sqlite:///{self.database}?timeout={PATIENCE}",
            "CACHE_URL": f"file://{directory / 'counts'}",
            "MEDIA_ROOT": str(self.media),
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }
        self.process: subprocess.Popen[bytes] | None = None
        # The administrator's, where the database was there before the test.
        self.password = ""
        self.output = directory / f"output-{self.port}"

    @property
    def site(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def launch(self) -> None:
        """Begin to run it, in a process group of its own."""
        with alone_in(ROOT / "var"):
            self._collect_static_files()
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run"], cwd=ROOT, env=self.environment,
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def _collect_static_files(self) -> None:
        """Before it does so itself: two servers that start at once would write the same files."""
        if run.static_files_changed():
            assert self.manage("collectstatic", "--no-input").returncode == 0

    def start(self) -> str:
        """Run it until it serves; what it said until then."""
        self.launch()
        self.wait_until(lambda: self._serves())
        return self.said()

    def wait_until(self, is_so: object) -> None:
        """Look again and again, while the server lives."""
        assert self.process is not None
        end = time.monotonic() + PATIENCE
        while not is_so():  # type: ignore[operator]
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
            time.sleep(0.05)

    def is_up(self) -> bool:
        """Whether it said that it serves."""
        return "Ctrl-C stops it." in self.said()

    def said(self) -> str:
        """All that it printed."""
        return self.output.read_text(encoding="utf-8")

    def send(self, what: signal.Signals) -> None:
        """Send the signal to the whole group, as a terminal does."""
        assert self.process is not None
        os.killpg(self.process.pid, what)

    def stop(self, how: signal.Signals, *, everything: bool = False, within: int = PATIENCE) -> int:
        """Send the signal, to the whole group or to the first process alone; how it ended."""
        assert self.process is not None
        if everything:
            self.send(how)
        else:
            self.process.send_signal(how)
        return self.process.wait(timeout=within)

    def workers(self) -> list[int]:
        """The processes that carry out what is due beside it."""
        return self._children("work")

    def servers(self) -> list[int]:
        """The processes that answer requests."""
        return self._children("run")

    def _children(self, command: str) -> list[int]:
        assert self.process is not None
        own = self.process.pid
        found = Path(f"/proc/{own}/task/{own}/children").read_text(encoding="utf-8").split()
        return [int(one) for one in found if f"\0{command}\0" in _command_line(one)]

    def manage(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Another command on the same database."""
        return subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=self.environment,
            capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip

    def rows(self, question: str) -> list[tuple]:
        """Read the database directly."""
        connection = sqlite3.connect(self.database, timeout=20)
        try:
            return connection.execute(question).fetchall()
        finally:
            connection.close()

    def _serves(self) -> bool:
        try:
            return self.is_up() and Browser(self.site).get("/robots.txt")[0] == 200
        except (URLError, OSError):
            return False


def _command_line(process: str) -> str:
    """Its words, each with an end; "" of one that is gone."""
    try:
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return ""


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """No other process of the tests is here at the same time."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """One folder for all processes of a test run, or of all runs that are told of it."""
    if told := os.environ.get("FINISHED_CASEBOOK"):
        return Path(told)
    own = factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "finished_casebook"


def password_in(said: str) -> str:
    """The password that the first start prints."""
    found = re.search(r"Password:\s+(\S+)", said)
    assert found is not None, said
    return found[1]


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def killed_at_the_end(casebook: Casebook) -> Iterator[Casebook]:
    """Lend it, and leave no process behind."""
    try:
        yield casebook
    finally:
        if casebook.process is not None:
            try:
                os.killpg(casebook.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return
            casebook.process.wait(timeout=PATIENCE)
