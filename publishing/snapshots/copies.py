"""A snapshot of a new entry that begins as another is: with its rows, and without what only that one is."""

import uuid
from typing import Any

from publishing.languages import columns_of_text
from publishing.models import Child
from publishing.models.entry import children_of, kinds
from publishing.snapshots.shape import Snapshot, blank, conformed

# What was said of the other entry by those who looked at it.
OF_A_DAY = ("last_verified_on", "verify_by", "slug")


def copied(snapshot: Snapshot, *, claims: bool) -> Snapshot:
    """The copy, with keys of its own for itself and for its rows, and no title.

    claims: whether the rows that are about a fact of it come along.
    """
    source, kind = conformed(snapshot), kinds()[snapshot["kind"]]
    copy = blank({**source, "id": str(uuid.uuid4())})
    texts = ("title", *kind.ALSO_CALLED)
    own = {*OF_A_DAY, *kind.IDENTIFIED_BY, *kind.OF_ONE_ENTRY, *kind.ALSO_CALLED}
    own |= {column for text in texts for column in columns_of_text(text)}
    copy["fields"] |= {name: value for name, value in source["fields"].items() if name not in own}
    models = {
        name: model
        for name, model in children_of(kind).items()
        if name != kind.OTHER_NAMES and not model.IS_OF_ONE_ENTRY and (claims or not model.ABOUT)
    }
    keys = {key: str(uuid.uuid4()) for name in models for key in source["rows"][name]}
    for name, model in models.items():
        rows = source["rows"][name].items()
        copy["rows"][name] = {keys[key]: _row(row, model, keys) for key, row in rows}
    for name in (name for name, model in models.items() if model.ABOUT):
        _about_the_copies(copy["rows"][name], models[name].ABOUT, keys)
    return copy


def _row(row: dict[str, Any], model: type[Child], keys: dict[str, str]) -> dict[str, Any]:
    """The row, belonging to the copy of the row that it belongs to."""
    return {name: keys.get(value, value) if name == model.OF else value for name, value in row.items()}


def _about_the_copies(rows: dict[str, dict[str, Any]], about: str, keys: dict[str, str]) -> None:
    """Let each be about the copy of what it is about; drop what is about a row that was left out."""
    for own, row in [*rows.items()]:
        kind, parted, rest = row[about].partition("/")
        key, *column = rest.split("/")
        if parted and key in keys:
            row[about] = "/".join([kind, keys[key], *column])
        elif parted:
            del rows[own]
