"""The processes that serve: their start and memory, readers beside slow clients, eight readers at once."""

import http.client
import itertools
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from tests.benchmarks.measuring import Measurement, Plan, Target
from tests.benchmarks.processes import Running, cpu, memory
from tests.benchmarks.servers import ask, casebook_served, serves, start_of

SLOW_CLIENTS, READERS = 200, 8
HALF_A_HEAD = b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX-Half"
STARTS = 3
# A process that does no less of the work than this takes its share.
SHARE = 0.25


def measure(plan: Plan) -> Iterator[Measurement]:
    """Of the smallest casebook."""
    yield from _starts(plan)
    with casebook_served(plan.smallest, plan.folder) as server:
        for address in (plan.smallest.facts["entries"] | plan.smallest.facts["lists"]).values():
            ask(server.port, address)
        yield from _memory(plan, server)
        yield from _slow_clients(plan, server)
    with casebook_served(plan.smallest, plan.folder, PAGE_CACHE_MEGABYTES="0") as server:
        yield from _eight_readers(plan, server)


def _starts(plan: Plan) -> Iterator[Measurement]:
    """The shortest of some: until the first answer."""
    took, taken = [], []
    for _one in range(min(STARTS, plan.rounds)):
        begun = time.monotonic()
        server = start_of(plan.smallest, plan.folder)
        try:
            server.wait_until(lambda port=server.port: serves(port))
            took.append(time.monotonic() - begun)
            taken.append(server.cpu())
        finally:
            server.stop()
    yield Measurement("start: CPU", "", plan.smallest.size, min(taken), "s")
    yield Measurement("start: first answer", "", plan.smallest.size, min(took), "s")


def _memory(plan: Plan, server: Running) -> Iterator[Measurement]:
    first, *others = server.serving()
    for name, number in (("parent", first), *(("serving process", one) for one in others)):
        for kind, megabytes in memory(number).items():
            yield Measurement(f"memory: {kind.upper()}", name, plan.smallest.size, megabytes, "MB")


# --- slow clients -----------------------------------------------------------------------------


def _slow_clients(plan: Plan, server: Running) -> Iterator[Measurement]:
    """How much longer a page takes beside them; the shortest of each."""
    alone, among = [], []
    for _round in range(plan.rounds):
        alone.append(_time_of_a_page(server))
        with _half_sent(server.port):
            among.append(_time_of_a_page(server))
    yield Measurement("slow clients", "", plan.smallest.size, min(among) / min(alone), "× without")


def _time_of_a_page(server: Running) -> float:
    times = []
    for _one in range(20):
        begun = time.monotonic()
        ask(server.port, "/en/changes/")
        times.append(time.monotonic() - begun)
    return min(times)


@contextmanager
def _half_sent(port: int) -> Iterator[None]:
    """So many clients that sent half a request and then do nothing."""
    with ExitStack() as clients:
        for _one in range(SLOW_CLIENTS):
            client = clients.enter_context(closing(socket.create_connection(("127.0.0.1", port))))
            client.sendall(HALF_A_HEAD)
        yield


# --- eight readers ----------------------------------------------------------------------------


def _eight_readers(plan: Plan, server: Running) -> Iterator[Measurement]:
    """How many processes shared the work, and how many cores' worth of time they took."""
    is_over, addresses = threading.Event(), [*plan.smallest.facts["entries"].values()]
    read: list[str] = []
    errors: list[Exception] = []

    def work(first: int) -> None:
        for number in itertools.count(first):
            if is_over.is_set():
                return
            target = Target(server, addresses[number % len(addresses)])
            try:
                target.ask()
                read.append(addresses[number % len(addresses)])
            except (OSError, RuntimeError, http.client.HTTPException) as error:
                errors.append(error)
                return
            finally:
                target.close()

    readers = [threading.Thread(target=work, args=(number,)) for number in range(READERS)]
    before, begun = {one: cpu([one]) for one in server.serving()}, time.monotonic()
    for reader in readers:
        reader.start()
    time.sleep(plan.seconds / 2)
    seconds, taken = time.monotonic() - begun, {one: cpu([one]) - spent for one, spent in before.items()}
    is_over.set()
    for reader in readers:
        reader.join()
    if errors or not read:
        raise RuntimeError(f"{errors}, {len(read)} pages read")
    all_taken = sum(taken.values())
    sharing = sum(one > SHARE * all_taken for one in taken.values())
    yield Measurement("eight readers: processes", "", plan.smallest.size, sharing, "at work")
    yield Measurement("eight readers: cores", "", plan.smallest.size, all_taken / seconds, "cores")
    yield Measurement("eight readers: pages", "", plan.smallest.size, len(read) / seconds, "pages a second")
