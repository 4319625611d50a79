"""`make bench`: measures the figures of goals.toml and writes docs/benchmarks.md, its lines and its drawing."""

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from config.env import ROOT
from tests.benchmarks import bulk, cold, desk, searching, serving, warm, writing
from tests.benchmarks.casebooks import KEPT, made
from tests.benchmarks.lines import Lines, Run
from tests.benchmarks.measuring import Measurement, Plan
from tests.benchmarks.report import write_report

SIZES = "1000,10000,100000"
GROUPS: dict[str, Callable[[Plan], Iterator[Measurement]]] = {
    "warm": warm.measure,
    "cold": cold.measure,
    "desk": desk.measure,
    "search": searching.measure,
    "writing": writing.measure,
    "bulk": bulk.measure,
    "serving": serving.measure,
}


def options(arguments: Sequence[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--sizes", default=SIZES, help=f"numbers of cases ({SIZES})")
    parser.add_argument("--only", default=",".join(GROUPS), help=f"groups of figures ({','.join(GROUPS)})")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--quick", type=int, default=20, help="requests of a kept page in each round")
    parser.add_argument("--slow", type=int, default=1, help="requests of a rendered page in each round")
    parser.add_argument("--seconds", type=float, default=20, help="for which readers ask beside a writer")
    parser.add_argument("--to", type=Path, default=ROOT / "docs", help="the folder of the report")
    parser.add_argument("--casebooks", type=Path, default=KEPT, help="the folder of the casebooks")
    parser.add_argument("--without-starter", action="store_true", help="synthetic cases alone")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> None:
    """Build what is missing, measure, write."""
    asked = options(arguments)
    sizes = sorted(int(size) for size in asked.sizes.split(","))
    casebooks = [made(size, asked.casebooks, has_starter=not asked.without_starter) for size in sizes]
    lines = Lines(asked.to / "benchmarks.jsonl")
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(casebooks, Path(folder), asked.rounds, asked.quick, asked.slow, asked.seconds)
        for group in asked.only.split(","):
            begun = time.monotonic()
            run = Run.now(group, sizes, casebooks[0].facts["versions"], os.getloadavg()[0])
            found = [*GROUPS[group](plan)]
            lines.replace(run, found)
            sys.stdout.write(f"{group}: {len(found)} figures in {time.monotonic() - begun:.0f} s\n")
    write_report(lines, asked.to)


def _end(_signal: int, _frame: object) -> NoReturn:
    """Let the servers be stopped before this ends."""
    raise SystemExit(1)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    main(sys.argv[1:])
