"""Processes that are measured: what CPU time and memory they and their children took."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from config.env import ROOT

# Seconds that a crowded machine may take for anything.
PATIENCE = 120
NANOSECONDS = 1e9
TICKS = os.sysconf("SC_CLK_TCK")


# Seconds for which the worker is looked at, and how many of them it may be at work where it has nothing to do.
LOOK, IDLE = 1.0, 0.1


def tree(root: int, *, with_worker: bool = False) -> list[int]:
    """The process and all that descend from it, without the worker of a casebook and what descends from that."""
    found, waiting = [], [root]
    while waiting:
        number = waiting.pop()
        if not with_worker and "\0work\0" in _read(f"/proc/{number}/cmdline"):
            continue
        found.append(number)
        for task in _tasks(number):
            waiting += [int(child) for child in _read(f"{task}/children").split()]
    return found


def cpu(processes: list[int]) -> float:
    """The seconds of user and system time that all threads of the processes took until now."""
    return sum(_cpu_of_thread(task) for number in processes for task in _tasks(number))


def _cpu_of_thread(task: Path) -> float:
    if told := _read(f"{task}/schedstat").split():
        return int(told[0]) / NANOSECONDS
    # A kernel without statistics of its scheduler counts in hundredths of a second.
    told = _read(f"{task}/stat").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICKS if told else 0.0


def _cpu_of_ended_children(number: int) -> float:
    told = _read(f"/proc/{number}/stat").rpartition(")")[2].split()
    return (int(told[13]) + int(told[14])) / TICKS if told else 0.0


def _tasks(number: int) -> list[Path]:
    try:
        return [*Path(f"/proc/{number}/task").iterdir()]
    except OSError:
        return []


def memory(number: int) -> dict[str, float]:
    """RSS and PSS of a process, in MB."""
    lines = (line.split() for line in _read(f"/proc/{number}/smaps_rollup").splitlines())
    return {line[0].rstrip(":"): int(line[1]) * 1024 / 1e6 for line in lines if line[0] in {"Rss:", "Pss:"}}


def _read(file: str) -> str:
    """What is in it; "" where the process is gone."""
    try:
        return Path(file).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


class Running:
    """A program that listens on a port, in a process group of its own."""

    def __init__(self, command: list[str], port: int, environment: dict[str, str], folder: Path) -> None:
        self.port, self._output = port, folder / f"output-{port}"
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        self.number = self._process.pid

    def serving(self) -> list[int]:
        """The processes that have to do with requests."""
        return tree(self.number)

    def cpu(self) -> float:
        """The seconds of CPU that they took until now, with those children of theirs that have ended."""
        processes = self.serving()
        return cpu(processes) + sum(map(_cpu_of_ended_children, processes))

    def worker_rests(self) -> bool:
        """Whether the worker did nothing for a second: it has drawn what the casebook lacked at its start."""
        worker = [*{*tree(self.number, with_worker=True)}.difference(self.serving())]
        before = cpu(worker)
        time.sleep(LOOK)
        return cpu(worker) - before < IDLE * LOOK

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Look again and again; raises RuntimeError where it ended, or takes too long."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(self._output.read_text(encoding="utf-8"))
            time.sleep(0.02)

    def stop(self) -> None:
        """End it and all that it started."""
        try:
            os.killpg(self.number, signal.SIGTERM)
            self._process.wait(timeout=20)
        except ProcessLookupError:
            pass
        except subprocess.TimeoutExpired:
            os.killpg(self.number, signal.SIGKILL)
        self._process.wait(timeout=PATIENCE)
