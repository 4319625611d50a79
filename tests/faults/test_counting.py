"""Failed sign-ins are counted by all serving processes together."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from accounts.models import Mail
from config.counts import CountsInFiles
from config.env import ROOT
from tests.accounts.conftest import PASSWORD, SIGN_IN, with_password
from tests.desk.sheets import Fields
from tests.factories import an_account
from tests.faults.servers import Browser
from tests.faults.test_lost_updates import serving

ADD = (
    "from config.counts import CountsInFiles; import sys, time; counts = CountsInFiles(sys.argv[1], {})\n"
    + (
        "print('ready', flush=True); sys.stdin.readline()\n"
        "print(sum(counts.add(f'key-{n}', 1, 60) for n in range(300)))"
    )
)


@pytest.fixture
def browsers(transactional_db: None, tmp_path: Path) -> Iterator[list[Browser]]:
    """One for each of two processes that serve from the tests' database."""
    with ExitStack() as running:
        counts = {"CACHE_URL": f"file://{tmp_path / 'counts'}"}
        yield [Browser(f"http://{running.enter_context(serving(counts))}") for _one in range(2)]


@pytest.mark.one_database
def test_the_limit_of_tries_holds_over_two_processes(browsers: list[Browser]) -> None:
    with_password(an_account("moderator", is_staff=True))

    wrong = [tried(browsers[number % 2], "wrong") for number in range(5)]
    right = [tried(browser, PASSWORD) for browser in browsers]

    assert ["not right" in page for _status, page in wrong] == [True] * 5
    assert [status for status, _page in right] == [200, 200]
    assert all("Too many attempts" in page for _status, page in right)
    assert not Mail.objects.exists()


def tried(browser: Browser, password: str) -> tuple[int, str]:
    fields = Fields(browser.get(SIGN_IN)[1]).values | {"login": ["moderator"], "password": [password]}
    return browser._ask(SIGN_IN, fields)[:2]


def test_one_of_many_processes_and_threads_adds_a_key(tmp_path: Path) -> None:
    environment = os.environ | {"DEVELOPMENT": "1", "SECRET_KEY": "no-secret"}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ADD, str(tmp_path)],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _one in range(3)
    ]  # fmt: skip
    for one in processes:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"

    with ThreadPoolExecutor() as pool:
        said = [pool.submit(one.communicate, "go\n") for one in processes]
        added = [int(one.result()[0]) for one in said]

    assert sum(added) == 300


def test_what_has_expired_makes_room_before_what_still_counts(tmp_path: Path) -> None:
    counts = CountsInFiles(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 20}})
    for number in range(15):
        counts.set(f"old-{number}", 1, timeout=0)
    for number in range(19):
        counts.set(f"new-{number}", 1, timeout=600)

    assert [counts.get(f"new-{number}") for number in range(19)] == [1] * 19
