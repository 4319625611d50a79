"""Who writes waits in a queue: first come, first served, over all threads and processes."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F

from config.env import ROOT
from config.sqlite.turns import Turns, turns_at
from publishing.actions.steps import lock_publishing
from publishing.models import ChainHead
from tests.publishing.test_concurrency import all_at_once

SLOWNESS = 60  # seconds that a crowded machine may take for what takes a tenth of one
WRITERS, TIMES = 8, 25
# Draws numbers in four threads, and writes down each when its turn comes.
TAKE_TURNS = """
import sys, threading, time
from pathlib import Path
from config.sqlite.turns import Turns, turns_at
turns, out = Turns(Path(sys.argv[1])), open(sys.argv[2], "a")
def take():
    for _one in range(40):
        number = turns.draw()
        assert turns.wait(number, 60)
        out.write(f"{number}\\n"); out.flush()
        turns.leave(number)
threads = [threading.Thread(target=take) for _one in range(4)]
print("ready", flush=True); sys.stdin.readline()
for one in threads: one.start()
for one in threads: one.join()
"""
DRAW_AND_STAY = """
import sys, time
from pathlib import Path
from config.sqlite.turns import Turns, turns_at
turns = Turns(Path(sys.argv[1]))
turns.draw()
print("ready", flush=True)
time.sleep(600)
"""


@contextmanager
def another_process(code: str, *words: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    with process:
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def test_threads_of_two_processes_go_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    queue, out = tmp_path / "turns", tmp_path / "out"

    with another_process(TAKE_TURNS, queue, out) as one, another_process(TAKE_TURNS, queue, out) as other:
        for process in (one, other):
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.close()
        assert (one.wait(SLOWNESS), other.wait(SLOWNESS)) == (0, 0)

    numbers = [int(line) for line in out.read_text().split()]
    assert numbers == [*range(1, 2 * 4 * 40 + 1)]


def test_a_process_that_is_killed_in_its_turn_lets_the_next_go(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "turns")
    with another_process(DRAW_AND_STAY, tmp_path / "turns") as killed:
        number = turns.draw()
        has_waited = not turns.wait(number, 0.2)

        killed.send_signal(signal.SIGKILL)

        assert turns.wait(number, SLOWNESS)
    assert has_waited


def test_who_waits_too_long_gives_up_and_holds_up_nobody(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "turns")
    first, second, third = (turns.draw() for _one in range(3))

    begun = time.monotonic()
    assert not turns.wait(second, 0.1)
    assert time.monotonic() - begun >= 0.1
    turns.leave(second)
    turns.leave(first)

    assert turns.wait(third, SLOWNESS)


def test_threads_that_ask_at_once_share_one_queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make, got = Turns.__init__, []

    def make_slowly(turns: Turns, path: Path) -> None:
        time.sleep(0.05)
        make(turns, path)

    monkeypatch.setattr(Turns, "__init__", make_slowly)

    all_at_once(*[lambda: got.append(turns_at(str(tmp_path / "database")))] * 4)

    assert len(got) == 4
    assert len(set(got)) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.every_database
def test_no_writer_is_passed_over() -> None:
    order: list[int] = []

    def write(number: int) -> None:
        for _one in range(TIMES):
            if number == 0:
                # One statement, outside a transaction.
                ChainHead.objects.update(digest=F("digest"))
                order.append(number)
            else:
                with transaction.atomic():
                    lock_publishing()
                    order.append(number)
                    time.sleep(0.002)

    all_at_once(*(partial(write, number) for number in range(WRITERS)))

    waits = [
        later - earlier
        for number in range(WRITERS)
        for earlier, later in pairwise(at for at, one in enumerate(order) if one == number)
    ]
    assert len(order) == WRITERS * TIMES
    # A writer that is passed over waits for most of the others' writes. On a crowded machine one draws its number late,
    # or writes down late that its turn came.
    assert max(waits) <= len(order) / 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.every_database
def test_a_statement_that_a_wrapper_puts_into_a_transaction_does_not_wait_for_itself() -> None:
    def in_a_transaction(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        with transaction.atomic() if sql.startswith("UPDATE") else nullcontext():
            return execute(sql, parameters, many, context)

    def write() -> None:
        with connection.execute_wrapper(in_a_transaction):
            found.append(ChainHead.objects.update(digest=F("digest")))
        # And its turn is over.
        found.append(ChainHead.objects.update(digest=F("digest")))

    found: list[int] = []

    all_at_once(write)

    assert found == [1, 1]
