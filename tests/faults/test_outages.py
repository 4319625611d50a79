"""One server, and what happens to it: its database is locked, its disk full, its processes are killed."""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from config.services import MAX_WAIT
from portal.starter.reading import key_of
from tests.desk.sheets import Fields
from tests.faults.finished import give_database
from tests.faults.servers import Browser, Casebook, killed_at_the_end
from tests.faults.test_running import SLOWNESS

SERVERS = 2
DOOR = "/{language}/propose/case/libya-2020/declared_on/"
THEME = f"/en/admin/pillars/theme/{key_of('theme', 'security-and-justice')}/change/"
READ = (
    *(
        "/en/cases/",
        "/ar/cases/libya-2020/",
        "/en/cases/libya-2020/?as_of=1",
        "/fr/cases/libya-2020/history/1/",
    ),
    *("/en/changes/", "/sitemap.xml", "/healthz", "/readyz"),
    *("/ar/search/?q=libya", "/en/search/suggestions/?q=lib", "/en/cases.csv", "/api/v1/cases"),
)


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small disk of its own where this machine lets us mount one; otherwise a folder."""
    folder = tmp_path_factory.mktemp("disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    is_mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    yield folder
    if is_mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S607


@pytest.fixture(scope="module")
def served(disk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    """One on that disk, which waits for its database as a public site does."""
    casebook = Casebook(tmp_path_factory.mktemp("outages"))
    casebook.environment["DATABASE_URL"] = f"sqlite:///{disk / 'casebook.sqlite3'}"
    casebook.environment["SERVERS"] = str(SERVERS)
    casebook.database = disk / "casebook.sqlite3"
    for one in killed_at_the_end(casebook):
        give_database(one, tmp_path_factory)
        one.start()
        yield one


class Sender:
    """Somebody who has filled in a form of the public door, long enough ago to send it."""

    def __init__(self, casebook: Casebook, language: str) -> None:
        self.language, self.path = language, DOOR.format(language=language)
        self.browser = Browser(casebook.site)
        said = {"f:declared_on": ["2020-10-22"], "reason": ["Says so."], "source_reference": ["S/2020/1043"]}
        self.form = Fields(self.browser.get(self.path)[1]).values | said

    def send(self) -> tuple[int, str]:
        """The status and the page."""
        return self.browser._ask(self.path, self.form)[:2]


@pytest.fixture(scope="module")
def senders(served: Casebook) -> Iterator[Sender]:
    """One for each outage, of another language each."""
    found = [Sender(served, language) for language in ("en", "ar")]
    time.sleep(5)
    return iter(found)


@contextmanager
def a_lock(casebook: Casebook) -> Iterator[None]:
    """Another process that writes, and does not come to its end."""
    with closing(sqlite3.connect(casebook.database, timeout=SLOWNESS, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def a_full_disk(casebook: Casebook) -> Iterator[None]:
    """Not a byte more can be written: the disk has no room, or the system refuses."""
    folder = casebook.database.parent
    if folder.is_mount():
        (folder / "ballast").write_bytes(bytes(shutil.disk_usage(folder).free))
        yield
        (folder / "ballast").unlink()
    else:
        servers = casebook.servers()
        before = [resource.prlimit(server, resource.RLIMIT_FSIZE) for server in servers]
        for server, (_soft, hard) in zip(servers, before, strict=True):
            resource.prlimit(server, resource.RLIMIT_FSIZE, (0, hard))
        yield
        for server, limits in zip(servers, before, strict=True):
            resource.prlimit(server, resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("outage", [a_lock, a_full_disk])
def test_a_page_says_soon_that_it_cannot_be_now_and_what_was_sent_can_be_sent_again(
    served: Casebook, senders: Iterator[Sender], outage: object
) -> None:
    sender, editor = next(senders), Browser(served.site)
    editor.sign_in("admin", served.password)
    form = Fields(editor.get(THEME)[1]).values
    form |= {"summary_fr": [f"Une phrase {time.time()}."], "public_note": ["Again."], "note_language": ["en"]}

    with outage(served):  # type: ignore[operator]
        read = [Browser(served.site).get(path)[0] for path in READ]
        begun = time.monotonic()
        at_the_door, page = sender.send()
        waited = time.monotonic() - begun
        headers = sender.browser.headers
        at_the_desk = editor.send(THEME, form)[0]
    afterwards = sender.send()[0], editor.send(THEME, form)[0]

    assert read == [200] * len(READ)
    assert (at_the_door, at_the_desk, afterwards) == (503, 503, (302, 302))
    assert waited < MAX_WAIT + SLOWNESS / 10
    assert (headers["Retry-After"], headers["Cache-Control"]) == ("30", "no-store")
    assert f'<html lang="{sender.language}"' in page
    assert served.rows("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize(
    "name, numbers",
    [("server 2", Casebook.servers), ("the worker", Casebook.workers)],
    ids=["server", "worker"],
)
def test_a_process_that_is_killed_is_started_again_and_the_log_says_so(
    served: Casebook, name: str, numbers: Callable[[Casebook], list[int]]
) -> None:
    *others, killed = numbers(served)

    os.kill(killed, signal.SIGKILL)
    status, _page = Browser(served.site).get("/en/changes/")
    served.wait_until(lambda: killed not in numbers(served) and len(numbers(served)) > len(others))
    # It is said a moment after the new one is there.
    served.wait_until(lambda: f"process {killed}" in served.said())

    (new,) = {*numbers(served)} - {*others}
    lines = [line for line in served.said().splitlines() if f"process {killed}" in line]
    assert status == 200
    assert len(lines) == 1
    assert lines[0].endswith(
        f"{name} (process {killed}) was killed by SIGKILL; started again as process {new}"
    )


def test_no_process_outlives_the_first_one(served: Casebook) -> None:
    left = [*served.servers(), *served.workers()]

    served.stop(signal.SIGKILL)

    end = time.monotonic() + SLOWNESS
    while any(Path(f"/proc/{one}").exists() for one in left):
        assert time.monotonic() < end
        time.sleep(0.1)
    assert len(left) == SERVERS + 1
