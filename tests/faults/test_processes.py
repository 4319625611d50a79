"""What dies is started again: `kill -9` of each process under `manage.py run`."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.servers import Browser, Casebook, give_database, killed_at_the_end, shared_folder
from tests.faults.test_running import SLOWNESS

Numbers = Callable[[Casebook], list[int]]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    """One that is served until the end of this file."""
    for casebook in killed_at_the_end(Casebook(tmp_path_factory.mktemp("processes"))):
        give_database(casebook, shared_folder(tmp_path_factory))
        casebook.start()
        yield casebook


@pytest.mark.parametrize(
    "name, numbers",
    [("the server", Casebook.servers), ("the worker", Casebook.workers)],
    ids=["server", "worker"],
)
def test_a_process_that_is_killed_is_started_again_and_the_log_says_so(
    served: Casebook, name: str, numbers: Numbers
) -> None:
    (killed,) = numbers(served)

    os.kill(killed, signal.SIGKILL)
    status, _page = Browser(served.site).get("/en/changes/")
    served.wait_until(lambda: numbers(served) not in ([killed], []))

    (new,) = numbers(served)
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
    assert len(left) == 2
