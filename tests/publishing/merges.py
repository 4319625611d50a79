"""Two entries are merged, and the rows of one are read."""

from typing import Any

from publishing import snapshots
from publishing.duplicates.actions import merge_duplicates
from publishing.models import Entry, Revision
from tests.factories import an_account


def merge(keep: Entry, drop: Entry, **options: Any) -> Revision:
    usual = {"by": an_account(), "note": "They are one.", "note_language": "en"}
    return merge_duplicates(keep, drop, **{**usual, **options})


def rows(entry: Entry, name: str) -> list[dict[str, Any]]:
    return sorted(snapshots.freeze(entry)["rows"][name].values(), key=lambda row: row["position"])
