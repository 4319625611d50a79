"""What takes and brings much data, in a process of its own: a list as CSV, and a dataset that is imported."""

import csv
import io
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.test import RequestFactory
from django.urls import resolve, reverse

from cases.models import Place
from exchange import formats
from exchange.lists import Answer
from imports import actions
from imports.reading import read_table
from imports.schemes import SCHEMES
from sources.models import Source
from tests.benchmarks.writers import ADMINISTRATOR
from tests.imports.tables import ETH_PRIO, csv_of

ROUNDS = 3
# A round writes at least so many rows: fewer are done before a coarse clock moves.
LEAST = 2000


def export() -> dict[str, Any]:
    """The list of all cases as CSV: the rows, and the CPU seconds of the quickest of some rounds.

    alone: those that Python's own writer takes for the same cells. memory: by how many MB the process grew
    behind the first page of rows.
    """
    took, alone, before = [], [], 0.0
    for _round in range(ROUNDS):
        answer = Answer("cases", RequestFactory().get(reverse("cases:cases")))
        table, times = answer.table(), max(1, LEAST // answer.number)
        begun = time.process_time()
        for _time in range(times):
            for _block in formats.as_csv(table.columns, table.pages_of_columns(answer.keys)):
                before = before or _megabytes()
        took.append((time.process_time() - begun) / times)
    after = _megabytes()
    for _round in range(ROUNDS):
        alone.append(sum(_written_alone(page, times) for page in table.pages(answer.keys)))
    return {"rows": answer.number, "cpu": min(took), "alone": min(alone), "memory": after - before}


def _written_alone(page: Sequence[Any], times: int) -> float:
    cells = [[formats.cell(value) for value in row] for row in page]
    begun = time.process_time()
    for _time in range(times):
        csv.writer(io.StringIO(newline=""), quoting=csv.QUOTE_ALL).writerows(cells)
    return (time.process_time() - begun) / times


def bring(rows: int, accepted: int) -> dict[str, Any]:
    """Read a dataset of so many rows, two of each ceasefire, into proposals; and accept some of these.

    The CPU seconds of a row and of an acceptance. memory: by how many MB the process grew behind the first rows.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = _dataset(Path(folder) / "ceasefires.csv", rows)
        scheme, by = SCHEMES["eth-prio"], get_user_model().objects.get(username=ADMINISTRATOR)
        batch = actions.begin(
            scheme=scheme.name,
            release=scheme.release,
            source=_newest_source(),
            file_name=path.name,
            digest=actions.digest_of(path),
            by=by,
        )
        begun, before = time.process_time(), 0.0
        for _read in actions.go_on(batch, actions.plan_for(batch, scheme), read_table(path)):
            before = before or _megabytes()
        read, memory = time.process_time() - begun, _megabytes() - before
    # What a process makes once, with its first address.
    resolve(reverse("cases:cases"))
    begun = time.process_time()
    while batch.accepted < accepted and actions.accept_next(batch, by=by):
        pass
    took = time.process_time() - begun
    return {"row": read / batch.rows, "memory": memory, "acceptance": took / batch.accepted}


def _newest_source() -> Source:
    """A source that is newer than all that the dataset says: what is older supports no outcome."""
    source = Source.objects.order_by("slug")[0]
    Source.objects.filter(pk=source.pk).update(published_on="2022")
    return source


def _dataset(path: Path, rows: int) -> Path:
    """Ceasefires that differ in number, place and days, each declared by two."""
    places = [str(one) for one in Place.objects.order_by("slug")[:50]]
    changes = [
        {
            "uniq_id": str(990_001 + number // 2),
            "cf_id": str(1 + number // 2),
            "location": places[number // 2 % len(places)],
            "cf_dec_yr": str(1990 + number // 2 % 30),
            "end_yr": "2021",
            "ucdp_actor_id": str(7001 + number % 2),
        }
        for number in range(rows)
    ]
    return csv_of(path, ETH_PRIO, *changes)


def _megabytes() -> float:
    """The most memory that the process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
