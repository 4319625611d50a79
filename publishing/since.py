"""What changed in entries since revisions of theirs, in the words of the history."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from publishing import comparison, snapshots
from publishing.models import Entry, Revision
from publishing.remembered import not_noted
from publishing.snapshots import Change, Snapshot

# So many changes of one entry are shown.
MOST_LINES = 12


@dataclass
class Moved:
    """An entry that is not as it was: its place in an answer, or its values, are others today.

    is_new: whether it was not public then. lines: what changed of what is asked. further: how many changes
    are not shown. address: of the page with all changes.
    """

    entry: Any
    is_new: bool = False
    lines: Sequence[comparison.Line] = ()
    further: int = 0
    address: str = ""


def moved_since(
    kind: str, entries: Sequence[Any], before: Mapping[UUID, int], is_asked: Callable[[Change], bool]
) -> dict[UUID, Moved]:
    """What changed in each of these entries of the kind, by its key.

    before: the numbers of their revisions of then; those that have none were not public. is_asked: whether a
    change is shown.
    """
    lines = _lines(kind, [one for one in entries if one.pk in before], before, is_asked)
    return {one.pk: _moved(one, before.get(one.pk), lines.get(one.pk, ())) for one in entries}


def _moved(entry: Any, before: int | None, lines: Sequence[comparison.Line]) -> Moved:
    if before is None:
        return Moved(entry, is_new=True)
    address = f"{entry.get_history_url()}{entry.revision}/?with={before}"
    return Moved(entry, False, lines[:MOST_LINES], max(0, len(lines) - MOST_LINES), address)


def _lines(
    kind: str, entries: Sequence[Any], before: Mapping[UUID, int], is_asked: Callable[[Change], bool]
) -> dict[UUID, list[comparison.Line]]:
    pairs = _snapshots(entries, before)
    changes = {key: [*filter(is_asked, snapshots.diff(*pair))] for key, pair in pairs.items()}
    changed = {key: pairs[key] for key, several in changes.items() if several}
    wanted = {one for pair in changed.values() for each in pair for one in snapshots.references(each)}
    named = {str(one.pk): one for one in Entry.objects.filter(pk__in=wanted)} if wanted else {}
    return {
        key: comparison.Describer(kind, *pair, entries=named).lines(changes[key])
        for key, pair in changed.items()
    }


def _snapshots(entries: Sequence[Any], before: Mapping[UUID, int]) -> dict[UUID, tuple[Snapshot, Snapshot]]:
    """Of each the snapshot of then and that of today."""
    wanted = Q(pk__in=[])
    for entry in entries:
        wanted |= Q(entry=entry.pk, number__in=(before[entry.pk], entry.revision))
    # A revision never changes: which are the newest, the entries themselves say.
    with not_noted():
        found = Revision.objects.filter(wanted).order_by("number").values_list("entry", "snapshot")
        by_entry: dict[UUID, list[Snapshot]] = {}
        for key, snapshot in found:
            by_entry.setdefault(key, []).append(snapshots.conformed(snapshot))
    return {key: (one[0], one[-1]) for key, one in by_entry.items()}
