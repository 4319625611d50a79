"""The processes that count, as the system knows them."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import multiprocess

PROC = Path("/proc")
FILE = re.compile(r"[a-z_]+_(?P<process>\d+)\.db")
TICKS = os.sysconf("SC_CLK_TCK")
PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")


def processes_with_files(folder: Path) -> set[int]:
    """The numbers of all processes that have counted in the folder, of those that are gone too."""
    return {int(match["process"]) for file in folder.iterdir() if (match := FILE.fullmatch(file.name))}


def is_running(process: int) -> bool:
    """Whether there is a process with the number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def remove_files_of_gone_processes(folder: Path) -> None:
    """Begin again, at the start of the server: what a killed process counted stays until then."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        match = FILE.fullmatch(file.name)
        if match and not is_running(int(match["process"])):
            file.unlink(missing_ok=True)


def forget_what_gone_processes_were_doing(folder: Path) -> None:
    """A process that was killed answers nothing any more; what it had counted stays counted."""
    for process in processes_with_files(folder):
        if not is_running(process):
            multiprocess.mark_process_dead(process, str(folder))


def memory_and_start(folder: Path) -> Iterator[tuple[int, float]]:
    """Of each running process the bytes that it holds in memory, and when it started (seconds since 1970)."""
    booted_at = next(
        int(line.split()[1]) for line in (PROC / "stat").read_text().splitlines() if line.startswith("btime")
    )
    for process in processes_with_files(folder):
        try:
            resident = int((PROC / str(process) / "statm").read_text().split()[1]) * PAGE_SIZE
            # The name of the program, in brackets, may hold spaces.
            ticks = int((PROC / str(process) / "stat").read_text().rpartition(")")[2].split()[19])
        except OSError:
            continue
        yield resident, booted_at + ticks / TICKS
