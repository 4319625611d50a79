"""The form of the richest case at the desk, and a save of it that is refused."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from tests.benchmarks.casebooks import Casebook
from tests.benchmarks.measuring import Measurement, Plan, Target, in_rounds, milliseconds
from tests.benchmarks.servers import ask, casebook_served

KILO = 1000
TRIES = 3


def measure(plan: Plan) -> Iterator[Measurement]:
    """In a copy, since opening a form is noted."""
    with tempfile.TemporaryDirectory(dir=plan.folder) as folder:
        casebook = plan.smallest.copied_to(Path(folder))
        with casebook_served(casebook, plan.folder) as server:
            session, form = casebook.facts["session"], casebook.facts["richest"]
            target = Target(server, form, Cookie=f"session={session}")
            [taken] = in_rounds({("form",): target}, replace(plan, rounds=TRIES), 1).values()
            page = ask(server.port, form, Cookie=f"session={session}").body
            asked = casebook.inside("queries at the desk", {"form": form})["form"]
            yield Measurement("form: CPU", "", casebook.size, milliseconds(taken), "ms")
            yield Measurement("form: size", "", casebook.size, len(page) / KILO, "kB")
            yield Measurement("form: elements", "", casebook.size, elements(page), "elements")
            yield Measurement("form: queries", "", casebook.size, asked, "queries")
            yield from _refused(casebook, server.port)


def _refused(casebook: Casebook, port: int) -> Iterator[Measurement]:
    facts = casebook.facts
    found = casebook.inside("refuse", port, facts["richest"], facts["session"], TRIES)
    # On a machine with other work the shortest try says most about the program.
    yield Measurement("refused save: lock", "", casebook.size, min(found["held"]), "s")
    yield Measurement("refused save: answer", "", casebook.size, min(found["took"]), "s")


class _Elements(HTMLParser):
    number = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.number += 1


def elements(page: bytes) -> int:
    """How many elements the HTML begins, those of templates for further rows among them."""
    parser = _Elements()
    parser.feed(page.decode())
    return parser.number
