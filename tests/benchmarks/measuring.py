"""How it is measured: CPU time of the serving processes for each request, in shuffled rounds."""

import http.client
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.casebooks import Casebook
from tests.benchmarks.processes import PATIENCE, Running
from tests.benchmarks.servers import ENCODINGS

# The key of a target: which page, of how many cases.
Key = tuple[str, ...]


class Measurement(NamedTuple):
    """A figure, of one page where it has several, in a casebook of so many cases."""

    figure: str
    page: str
    size: int
    value: float
    unit: str


@dataclass(frozen=True)
class Plan:
    """What a run measures, and how long."""

    casebooks: Sequence[Casebook]
    folder: Path
    # So many rounds, and in each of them requests of every target: of quick ones, and of slow ones.
    rounds: int
    quick: int
    slow: int
    # How long readers ask beside a publication.
    seconds: float
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311

    @property
    def smallest(self) -> Casebook:
        """The casebook for what does not depend on the number of cases."""
        return self.casebooks[0]


class Target:
    """An address of a server, asked for over a connection that stays open."""

    def __init__(
        self, servers: Running | Sequence[Running], address: str, status: int = 200, **headers: str
    ) -> None:
        """servers: the one that is asked, then those that work for it."""
        self._servers = [servers] if isinstance(servers, Running) else [*servers]
        self._address, self._status = address, status
        self._headers = ENCODINGS | {name.replace("_", "-"): said for name, said in headers.items()}
        self._line = http.client.HTTPConnection("127.0.0.1", self._servers[0].port, timeout=PATIENCE)

    def ask(self) -> bytes:
        """One request; raises RuntimeError for another status than it should have."""
        try:
            status, body = self._asked()
        except (http.client.RemoteDisconnected, ConnectionError):
            # The server closes connections on which nothing came for long.
            self._line.close()
            status, body = self._asked()
        if status != self._status:
            raise RuntimeError(f"{self._address} was answered with {status}")
        return body

    def _asked(self) -> tuple[int, bytes]:
        self._line.request("GET", self._address, headers=self._headers)
        answer = self._line.getresponse()
        return answer.status, answer.read()

    def cpu_of(self, requests: int) -> float:
        """The CPU seconds of a request, on average."""
        processes = [server.serving() for server in self._servers]
        before = self._cpu()
        for _one in range(requests):
            self.ask()
        assert processes == [server.serving() for server in self._servers], "a process ended meanwhile"
        return (self._cpu() - before) / requests

    def _cpu(self) -> float:
        return sum(server.cpu() for server in self._servers)

    def close(self) -> None:
        """Let go of the connection."""
        self._line.close()


@contextmanager
def closed_at_the_end(targets: dict[Key, Target]) -> Iterator[dict[Key, Target]]:
    """Lend them, each asked once before, so that what is made only once is there."""
    try:
        for target in targets.values():
            target.ask()
        yield targets
    finally:
        for target in targets.values():
            target.close()


def in_rounds(targets: dict[Key, Target], plan: Plan, requests: int) -> dict[Key, list[float]]:
    """The CPU seconds of a request to each target, in each round; the order is another one each time."""
    found: dict[Key, list[float]] = {key: [] for key in targets}
    with closed_at_the_end(targets):
        for _round in range(plan.rounds):
            for key in plan.chance.sample([*targets], len(targets)):
                found[key].append(targets[key].cpu_of(requests))
    return found


def ratio(times: Sequence[float], to: Sequence[float]) -> float:
    """How many times as long: of each the quickest round, since other work on the machine only ever adds time."""
    return min(times) / min(to)


def milliseconds(times: Sequence[float]) -> float:
    """The quickest round, of seconds."""
    return 1000 * min(times)
