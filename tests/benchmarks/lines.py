"""The file of measurements: a line of JSON for each, and one for each run of a group of figures."""

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, Self

from config.env import ROOT
from tests.benchmarks.measuring import Measurement


class Run(NamedTuple):
    """When and where a group of figures was measured."""

    group: str
    at: str
    sizes: list[int]
    commit: str
    machine: str
    load: float
    versions: dict[str, str]

    @classmethod
    def now(cls, group: str, sizes: list[int], versions: dict[str, str], load: float) -> Self:
        """A run that begins."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(group, at, sizes, _commit(), _machine(), round(load, 1), versions)


def _commit() -> str:
    """The commit that is measured, "" outside a repository."""
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return told.stdout.strip()


def _machine() -> str:
    """What kind of machine it is; nothing that names it."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores ({cpu}), {memory:.0f} GB of memory, {platform.system()}"


class Lines:
    """The runs and measurements of a file; the newest of each group."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.runs: dict[str, Run] = {}
        self.measured: dict[str, list[Measurement]] = {}
        if file.exists():
            for line in file.read_text(encoding="utf-8").splitlines():
                self._read(json.loads(line))

    def _read(self, line: dict[str, Any]) -> None:
        if "at" in line:
            self.runs[line["group"]] = Run(**line)
            self.measured[line["group"]] = []
        else:
            self.measured[line.pop("group")].append(Measurement(**line))

    def replace(self, run: Run, measured: Sequence[Measurement]) -> None:
        """Keep these instead of those that the group had, and write the file."""
        self.runs[run.group], self.measured[run.group] = run, [*measured]
        written = []
        for group, one in self.runs.items():
            written.append(one._asdict())
            written += [
                {"group": group, **item._asdict(), "value": round(item.value, 5)}
                for item in self.measured[group]
            ]
        text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in written)
        self._file.write_text(text, encoding="utf-8")

    def of(self, figure: str) -> list[Measurement]:
        """All measurements of a figure."""
        return [one for several in self.measured.values() for one in several if one.figure == figure]
