"""Pages that are rendered: entries, lists, whatever else is public, and lists of the desk; at each size."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

from tests.benchmarks.casebooks import Casebook
from tests.benchmarks.measuring import Key, Measurement, Plan, Target, in_rounds, milliseconds, ratio
from tests.benchmarks.processes import Running
from tests.benchmarks.servers import ask, bare_served, casebook_served
from tests.benchmarks.warm import ACCEPTED, RATIO

KILO = 1000
ROUNDS = 5
PUBLIC = ("entries", "lists", "others")
# The page whose bytes the bare view sends, and with which pages are compared that are no such page.
MEASURE = "case"


def measure(plan: Plan) -> Iterator[Measurement]:
    """All sizes and the bare view take turns, so that one run compares them."""
    with ExitStack() as running:
        served = {
            one: running.enter_context(casebook_served(one, plan.folder, PAGE_CACHE_MEGABYTES="0"))
            for one in plan.casebooks
        }
        small = plan.smallest
        address = small.facts["entries"][MEASURE]
        answer = {address: ask(served[small].port, address, **ACCEPTED)}
        bare = running.enter_context(bare_served(answer, small.facts["server"], plan.folder))
        targets: dict[Key, Target] = {("bare",): Target(bare, address)}
        for casebook, server in served.items():
            targets |= _targets(casebook, server)
        times = in_rounds(targets, replace(plan, rounds=min(plan.rounds, ROUNDS)), plan.slow)
        for casebook, server in served.items():
            yield from _of(plan, casebook, server, times)


def _targets(casebook: Casebook, server: Running) -> dict[Key, Target]:
    size, session = str(casebook.size), {"Cookie": f"session={casebook.facts['session']}"}
    return {
        (group, name, size): Target(server, address, **(session if group == "desk" else {}))
        for group in (*PUBLIC, "desk")
        for name, address in casebook.facts[group].items()
    }


def _of(
    plan: Plan, casebook: Casebook, server: Running, times: dict[Key, list[float]]
) -> Iterator[Measurement]:
    """What one casebook took."""
    size, first = casebook.size, str(plan.smallest.size)
    asked = casebook.inside(
        "queries", {name: one for group in PUBLIC for name, one in casebook.facts[group].items()}
    )
    for group in PUBLIC:
        for name, address in casebook.facts[group].items():
            taken = times[group, name, str(size)]
            html = len(ask(server.port, address).body) / KILO
            sent = len(ask(server.port, address, **ACCEPTED).body) / KILO
            yield Measurement(f"{group}: CPU", name, size, milliseconds(taken), "ms")
            yield Measurement(f"{group}: CPU and bare", name, size, ratio(taken, times["bare",]), RATIO)
            yield Measurement(f"{group}: queries", name, size, asked[name], "queries")
            yield Measurement(f"{group}: size", name, size, html, "kB")
            yield Measurement(f"{group}: sent", name, size, sent, "kB")
            if group == "entries":
                yield Measurement("entries: CPU per kB", name, size, milliseconds(taken) / html, "ms per kB")
            if casebook is not plan.smallest and (group, name, first) in times:
                value = ratio(taken, times[group, name, first])
                yield Measurement(f"{group}: growth", name, size, value, f"× at {int(first):,}")
    for name in casebook.facts["desk"]:
        value = milliseconds(times["desk", name, str(size)])
        yield Measurement("desk: CPU", name, size, value, "ms")
