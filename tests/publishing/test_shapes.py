"""A snapshot takes today's shape quickly, and each value as its column stores it."""

import uuid
from typing import Any

import pytest
from django.apps import apps

from publishing.fields.columns import canonical
from publishing.models import Child, Entry
from publishing.models.entry import kinds
from publishing.snapshots import as_stored, conformed, conformed_row, content_columns, row_columns
from tests.factories import snapshot_of

VALUES: list[Any] = [
    *(None, "", "a", "e\u0301", "a\r\nb", "é" * 200, "e\u0301" * 200, "٢٠١٢", "2012", "2012-05", "no date"),
    *(0, 1, 2, True, False, 1.0, 1.5, "1.50", "-0.00", [], ["b", "a"], {"a": 1}, 10**30),
    *(
        str(uuid.UUID(int=7)),
        str(uuid.UUID(int=7)).upper(),
        uuid.UUID(int=7).hex,
        "{" + str(uuid.UUID(int=7)) + "}",
    ),
]


@pytest.mark.parametrize("again", [False, True])
def test_every_value_is_as_its_column_stores_it(again: bool) -> None:
    models = [*kinds().values(), *(one for one in apps.get_models() if issubclass(one, Child))]
    seen = 0
    for model in models:
        is_entry = issubclass(model, Entry)
        columns = content_columns(model) if is_entry else row_columns(model)
        for value in reversed(VALUES) if again else VALUES:
            found = conformed_row(model, {column.name: value for column in columns})
            for column in columns:
                expected = as_stored(column, value)
                assert (type(found[column.name]), found[column.name]) == (type(expected), expected), column
                seen += 1

    assert seen > 100 * len(VALUES)


def test_what_is_taken_over_from_a_known_one_is_what_it_would_be_made() -> None:
    known = snapshot_of("case", rows={"provision": [{}, {"text_en": "Old."}, {}], "event": [{}]})
    first, second, third = known["rows"]["provision"]
    wanted = {**known, "rows": {name: dict(rows) for name, rows in known["rows"].items()}}
    provisions = wanted["rows"]["provision"]
    # Equal to Python, and another JSON.
    provisions[first] = {name: False if value == 0 else value for name, value in provisions[first].items()}
    provisions[second] = {**provisions[second], "text_en": "New."}
    provisions[str(uuid.UUID(int=9))] = {"text_en": "Added.", "gone": 1}
    del provisions[third]

    made = conformed(wanted, known)

    assert canonical(made) == canonical(conformed(wanted)) != canonical(known)
    assert made["rows"]["provision"][first] is known["rows"]["provision"][first]
    assert conformed(wanted, snapshot_of("theme")) == made
    assert conformed({**wanted, "fields": {}})["fields"].keys() == known["fields"].keys()
