"""What is there already, of what somebody is about to add; it is shown and stops nobody."""

from collections.abc import Iterator
from typing import Any

from publishing.languages import columns_of_text
from publishing.models import Entry, Proposal
from publishing.models.entry import children_of, kinds
from publishing.models.names import has_name, names_in
from publishing.snapshots import Path, Snapshot
from search.folding import folded
from search.queries import is_named

MOST = 5


def entries_alike(wanted: Snapshot) -> list[Entry]:
    """Other entries of the kind, retracted ones too, that have one of its names, or what identifies it."""
    found = Entry.objects.filter(has_name(_marks_of(wanted)), kind=wanted["kind"]).exclude(pk=wanted["id"])
    return list(found.by_title()[:MOST])


def proposals_alike(wanted: Snapshot) -> list[Proposal]:
    """Open proposals for other new entries of the kind that would have one of its names."""
    waiting = Proposal.objects.undecided().filter(kind=wanted["kind"], base=None, meant_for=None)
    found = waiting.filter(is_named("folded", _marks_of(wanted))).order_by("created_at")
    return [one for one in found[: MOST + 1] if one.wanted["id"] != wanted["id"]][:MOST]


def _marks_of(wanted: Snapshot) -> list[str]:
    fields = wanted["fields"]
    marks = (str(fields.get(name) or "") for name in kinds()[wanted["kind"]].IDENTIFIED_BY)
    return [*names_in(wanted), *filter(None, marks)]


def rows_alike(before: Snapshot | None, wanted: Snapshot) -> Iterator[tuple[Path, Path]]:
    """The rows that are new, each with another that says the same in all that its kind is ALIKE_BY."""
    for name, model in children_of(kinds()[wanted["kind"]]).items():
        if not model.ALIKE_BY:
            continue
        rows = wanted["rows"].get(name, {})
        old = before["rows"].get(name, {}) if before else {}
        first: dict[tuple[str, ...], str] = {}
        # Those that were there before are first, so that the new ones are like them.
        for key in sorted(rows, key=lambda one: one not in old):
            if not all(values := tuple(_compared(rows[key], column) for column in model.ALIKE_BY)):
                continue
            same = first.setdefault(values, key)
            if same != key and key not in old:
                yield Path(row_kind=name, key=key), Path(row_kind=name, key=same)


def _compared(row: dict[str, Any], column: str) -> str:
    values = (row.get(one) for one in (column, *columns_of_text(column)))
    return folded(" ".join(str(one) for one in values if one is not None))
