"""Pages that are kept: sent again, unchanged, through a proxy, and after something else has changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing

from tests.benchmarks.measuring import Key, Measurement, Plan, Target, in_rounds, milliseconds, ratio
from tests.benchmarks.processes import Running
from tests.benchmarks.servers import NGINX, ask, bare_served, casebook_served, nginx_before

# A page of each kind.
KINDS = ("case", "richest case", "list of cases", "home", "actor", "source", "pillar")
LANGUAGES = ("en", "ar")
ACCEPTED = {"Accept_Encoding": "br, gzip"}
# What each page is asked in: against a bare view, as ratio.
RATIO = "× bare"


def measure(plan: Plan) -> Iterator[Measurement]:
    """Every kind of page in two languages, of the smallest casebook; and of the largest the case."""
    with ExitStack() as running:
        casebook = plan.smallest
        server = running.enter_context(casebook_served(casebook, plan.folder))
        pages = _pages(casebook.facts)
        answers = {address: ask(server.port, address, **ACCEPTED) for address in pages.values()}
        bare = running.enter_context(bare_served(answers, casebook.facts["server"], plan.folder))
        targets: dict[Key, Target] = {}
        for name, address in pages.items():
            targets["bare", name] = Target(bare, address)
            targets["warm", name] = Target(server, address)
            etag = answers[address].headers["etag"]
            targets["unchanged", name] = Target(server, address, status=304, If_None_Match=etag)
        # A control: whoever measures the same twice has to find that it is the same.
        first = next(iter(pages))
        targets["bare again", first] = Target(bare, pages[first])
        # And whoever asks how much of it is the server's finds it here.
        alone = running.enter_context(
            bare_served(answers, casebook.facts["server"], plan.folder, application="nothing")
        )
        targets["server alone", first] = Target(alone, pages[first])
        if NGINX:
            proxy = running.enter_context(nginx_before(server, plan.folder))
            for name, address in pages.items():
                targets["behind nginx", name] = Target([proxy, server], address)
        times = in_rounds(targets, plan, plan.quick)
        for (figure, name), taken in times.items():
            if figure != "bare":
                yield Measurement(figure, name, casebook.size, ratio(taken, times["bare", name]), RATIO)
            else:
                yield Measurement("bare view", name, casebook.size, milliseconds(taken), "ms")
        yield from _asked_again(plan, server, pages)


def _pages(facts: dict) -> dict[str, str]:
    addresses = facts["entries"] | facts["lists"] | facts["others"]
    english = {name: addresses[name] for name in KINDS if name in addresses}
    return {
        f"{name}, {language}": address.replace("/en/", f"/{language}/", 1)
        for name, address in english.items()
        for language in LANGUAGES
    }


def _asked_again(plan: Plan, server: Running, pages: dict[str, str]) -> Iterator[Measurement]:
    """Kept pages that are asked for after a change of something else, against pages that are rendered."""
    casebook = plan.smallest
    with casebook_served(casebook, plan.folder, PAGE_CACHE_MEGABYTES="0") as without:
        targets = {("rendered", name): Target(without, address) for name, address in pages.items()}
        rendered = in_rounds(targets, plan, plan.slow)
    kept = {name: Target(server, address) for name, address in pages.items()}
    times: dict[str, list[float]] = {name: [] for name in kept}
    for target in kept.values():
        target.ask()
    for _round in range(plan.rounds):
        for name, target in kept.items():
            note_a_change(casebook.database)
            times[name].append(target.cpu_of(1))
    for name, target in kept.items():
        target.close()
        value = ratio(times[name], rendered["rendered", name])
        yield Measurement("asked again", name, casebook.size, value, "× rendering it")


def note_a_change(database: object) -> None:
    """Leave the number that a publication of another entry leaves."""
    with closing(sqlite3.connect(str(database), timeout=60)) as connection, connection:
        connection.execute("INSERT INTO portal_contentchange DEFAULT VALUES")
