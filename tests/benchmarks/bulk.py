"""Much data at once: a list as CSV, a dataset read into proposals, and its proposals accepted."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measuring import Measurement, Plan

ROWS, ACCEPTED = 100, 20
# So many rows the goal speaks of.
ALL_ROWS = 200_000


def measure(plan: Plan) -> Iterator[Measurement]:
    """The list of the largest casebook; what is imported goes into a copy of the smallest."""
    largest = plan.casebooks[-1]
    told = largest.inside("export")
    yield Measurement("csv: rate", "", largest.size, told["rows"] / told["cpu"], "rows a second")
    beside_the_writer = told["cpu"] / told["alone"]
    yield Measurement("csv: beside the writer alone", "", largest.size, beside_the_writer, "× its time")
    yield Measurement("csv: memory", "", largest.size, told["memory"], "MB")
    with tempfile.TemporaryDirectory(dir=plan.folder) as folder:
        casebook = plan.smallest.copied_to(Path(folder))
        told = casebook.inside("bring", plan.quick * ROWS, plan.quick * ACCEPTED)
        yield Measurement("import: CPU", "", casebook.size, ALL_ROWS * told["row"] / 60, "minutes")
        yield Measurement("import: memory", "", casebook.size, told["memory"], "MB")
        yield Measurement("accept: rate", "", casebook.size, 1 / told["acceptance"], "a second")
