"""Samples of tables: read once for all boxes of a form, and bounded whatever the table is like."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from imports.choosing import scheme_of_batch
from imports.mapping_forms import MappingForm
from imports.models import ImportBatch, Mapping
from imports.reading import Table
from imports.samples import MOST_IN_ALL, Sample, sample_of
from tests.factories import publish_source


def table_of(columns: int, rows: int, cell: str) -> Table:
    names = [f"c{one}" for one in range(columns)]
    return Table(Path(), names, size=rows, _cells=[names, *[[cell] * columns] * rows])


def test_the_rows_of_a_sample_are_read_once_for_all_boxes(monkeypatch: Any) -> None:
    sample = Sample.of(sample_of(table_of(300, 4, "a value")))
    reads: list[str] = []
    rows = Sample.rows

    def counted(self: Sample) -> Iterator[tuple[int, list[str]]]:
        reads.append("read")
        return rows(self)

    monkeypatch.setattr(Sample, "rows", counted)
    form = MappingForm(sample=sample)

    assert {tuple(one["values"]) for one in form.columns} == {("a value",)}
    assert len(reads) == 1


def test_of_a_broad_table_fewer_rows_are_kept() -> None:
    kept = sample_of(table_of(2000, 200, "x" * 100))
    broadest = sample_of(table_of(2000, 2, "x" * 900))
    empty = sample_of(table_of(2000, 200, ""))

    assert len(kept["rows"]) == 2
    assert len(broadest["rows"]) == 1
    assert len(json.dumps(kept)) < 2 * MOST_IN_ALL
    assert (len(empty["rows"]), kept["of"]) == (0, 200)


def test_a_short_row_of_a_sample_is_as_long_as_its_head() -> None:
    sample = Sample.of({"columns": ["a", "b"], "rows": [[2, ["1"]], [4, ["2", "x", ""]]], "of": 9})

    assert (sample.values("b"), [*sample.column("b")], sample.values("no")) == (["x"], ["", "x"], [])


@pytest.mark.django_db
@pytest.mark.one_database
def test_where_batches_are_listed_chosen_or_read_no_sample_is(administrator: Any) -> None:
    sample = {"columns": ["id", "name"], "rows": [[2, ["1", "a"]]], "of": 1}
    mapping = Mapping.objects.create(name="mine", rules='number = "id"\ntitle = "name"\n', sample=sample)
    source = publish_source(source_type="dataset")
    batch = ImportBatch.objects.create(scheme="csv", mapping=mapping, source=source, by=administrator)
    desk = Client()
    desk.force_login(administrator)

    with CaptureQueriesContext(connection) as asked:
        for address in ("/en/admin/datasets/?mapping=mine", "/en/admin/datasets/mappings/"):
            assert b"mine" in desk.get(address).content
        desk.get(batch.get_absolute_url())
        assert scheme_of_batch(ImportBatch.objects.get()).label == "mine"

    of_mappings = [one["sql"] for one in asked if "imports_mapping" in one["sql"]]
    assert of_mappings
    assert not [one for one in of_mappings if '"sample"' in one]
