"""Publications: by eight writers at once, and beside readers of old records."""

import http.client
import itertools
import statistics
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import Popen

from tests.benchmarks.casebooks import Casebook, result_of
from tests.benchmarks.measuring import Measurement, Plan, Target
from tests.benchmarks.processes import Running
from tests.benchmarks.servers import casebook_served

# As two serving processes have threads.
PROCESSES, THREADS = 2, 4
READERS = 8
# Of fewer, the last pages of tables and indexes, and what FTS5 has not brought together yet, weigh as much as they do.
REVISIONS = 400
PAUSE = 0.2


def measure(plan: Plan) -> Iterator[Measurement]:
    """In a copy of the smallest casebook."""
    with tempfile.TemporaryDirectory(dir=plan.folder) as folder:
        casebook = plan.smallest.copied_to(Path(folder))
        bytes_of_one = casebook.inside("bytes", min(REVISIONS, casebook.size))
        yield Measurement("revision: size", "", casebook.size, bytes_of_one, "× its snapshot")
        # The server chooses the journal.
        with casebook_served(casebook, plan.folder, PAGE_CACHE_MEGABYTES="0") as server:
            server.wait_until(server.worker_rests)
            yield from _eight_writers(plan, casebook)
            yield from _beside_readers(plan, casebook, server)


def _eight_writers(plan: Plan, casebook: Casebook) -> Iterator[Measurement]:
    each = max(1, min(plan.quick, casebook.size // (PROCESSES * THREADS)))
    before = casebook.inside("faults")["published"]
    writers = [_ready(casebook, number * THREADS * each, THREADS, each, 0) for number in range(PROCESSES)]
    found = [_finished(one) for one in _all_told(writers)]
    after = casebook.inside("faults")
    took = sorted(itertools.chain.from_iterable(one["took"] for one in found))
    seconds = max(one["to"] for one in found) - min(one["from"] for one in found)
    late = took[min(len(took) - 1, int(len(took) * 0.99))]
    cpu = 1000 * sum(one["cpu"] for one in found) / len(took)
    yield Measurement("publish: rate", "", casebook.size, len(took) / seconds, "a second")
    yield Measurement("publish: 99th percentile", "", casebook.size, late, "s")
    yield Measurement(
        "publish: errors", "", casebook.size, sum(len(one["errors"]) for one in found), "errors"
    )
    yield Measurement("publish: lost", "", casebook.size, len(took) - (after["published"] - before), "lost")
    yield Measurement("publish: faults", "", casebook.size, after["faults"], "broken links of the chain")
    yield Measurement("publish: CPU", "", casebook.size, cpu, "ms")


def _beside_readers(plan: Plan, casebook: Casebook, server: Running) -> Iterator[Measurement]:
    """One writer publishes again and again: alone, then while eight readers ask for old records."""
    each = max(2, int(plan.seconds / PAUSE / 2))
    for figure, readers in (("old records: publication alone", 0), ("old records: publication", READERS)):
        [writer] = [_ready(casebook, 0, 1, each, PAUSE)]
        with ExitStack() as reading:
            beside = reading.enter_context(_Readers(casebook, server, readers))
            [told] = _all_told([writer])
            found = _finished(told)
        if found["errors"] or beside.errors or (readers and not beside.read):
            raise RuntimeError(f"{found['errors']}, {beside.errors}, {len(beside.read)} old records read")
        yield Measurement(figure, "median", casebook.size, 1000 * statistics.median(found["took"]), "ms")
        yield Measurement(f"{figure}, slowest", "", casebook.size, 1000 * max(found["took"]), "ms")
    yield Measurement("old records: read meanwhile", "", casebook.size, len(beside.read), "pages")


def _ready(casebook: Casebook, *arguments: object) -> Popen[str]:
    """A process that waits with all it needs to publish."""
    process = casebook.begin_inside("publish", *arguments)
    assert process.stdout is not None
    while process.poll() is None and process.stdout.readline() != "ready\n":
        pass
    return process


def _all_told(processes: list[Popen[str]]) -> list[Popen[str]]:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return processes


def _finished(process: Popen[str]) -> dict:
    return dict(result_of(process))


class _Readers:
    """So many who ask for old records until the end of the block."""

    def __init__(self, casebook: Casebook, server: Running, number: int) -> None:
        self.read, self.errors, self._is_over = list[int](), list[Exception](), threading.Event()
        self._threads = [
            threading.Thread(target=self._read, args=(one, casebook.facts["old records"], server))
            for one in range(number)
        ]

    def __enter__(self) -> "_Readers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _read(self, one: int, addresses: list[str], server: Running) -> None:
        for number in itertools.count(one):
            if self._is_over.is_set():
                return
            target = Target(server, f"{addresses[number % len(addresses)]}?as_of=1")
            try:
                target.ask()
                self.read.append(number)
            except (OSError, RuntimeError, http.client.HTTPException) as error:
                self.errors.append(error)
                return
            finally:
                target.close()
