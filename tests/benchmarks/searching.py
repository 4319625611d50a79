"""The search, ranked, in casebooks of each size: a word of some entries, the commonest one, a beginning."""

from collections.abc import Iterator

from tests.benchmarks.measuring import Measurement, Plan

TRIES = 5


def measure(plan: Plan) -> Iterator[Measurement]:
    """In the process that has the database, without a server: the page around it is a page like others."""
    for casebook in plan.casebooks:
        for script, taken in casebook.inside("search", TRIES).items():
            for what, value in taken.items():
                yield Measurement(f"search: {what}", script, casebook.size, value, "ms")
