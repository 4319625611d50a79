"""What differs between two snapshots, and how three are merged."""

import copy
from dataclasses import dataclass, field
from typing import Any

from publishing.languages import PAGE_LANGUAGES, stem_and_language
from publishing.snapshots.shape import Path, Snapshot, bare, conformed


class _Absent:
    """The value of a path that a snapshot does not have."""

    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return False


ABSENT = _Absent()


@dataclass(frozen=True)
class Change:
    """One difference between two snapshots.

    path: (column,), (column, member), (kind of row, key) or (kind of row, key, column).
    """

    path: Path
    old: Any
    new: Any


def diff(a: Snapshot, b: Snapshot) -> list[Change]:
    """What must change in `a` to give `b`: columns one by one, members of sets one by one, rows whole
    where they come or go."""
    changes = _diff_values((), a["fields"], b["fields"])
    for name in sorted({*a["rows"], *b["rows"]}):
        old_rows, new_rows = a["rows"].get(name, {}), b["rows"].get(name, {})
        for key in sorted({*old_rows, *new_rows}):
            old, new = old_rows.get(key, ABSENT), new_rows.get(key, ABSENT)
            if old is ABSENT or new is ABSENT:
                changes.append(Change((name, key), old, new))
            else:
                changes += _diff_values((name, key), old, new)
    return changes


def changes_since(base: Snapshot | None, wanted: Snapshot) -> list[Change]:
    """What the snapshot changes, in today's shape; without a base, all that it says."""
    return diff(conformed(base) if base else bare(wanted), conformed(wanted))


def _diff_values(at: Path, a: dict[str, Any], b: dict[str, Any]) -> list[Change]:
    changes = []
    for name in sorted({*a, *b}):
        old, new = a.get(name, ABSENT), b.get(name, ABSENT)
        if isinstance(old, list) and isinstance(new, list):
            changes += [
                Change((*at, name, member), member in old, member in new)
                for member in sorted({*old} ^ {*new})
            ]
        elif old is ABSENT or new is ABSENT or old != new:
            changes.append(Change((*at, name), old, new))
    return changes


def languages_in(changes: list[Change]) -> list[str]:
    """The languages of the pages in which the changes say something, in their usual order."""
    names = [name for change in changes for name in _names_in(change)]
    return [one for one in PAGE_LANGUAGES if one in {stem_and_language(name)[1] for name in names}]


def _names_in(change: Change) -> list[str]:
    row = change.new if change.new is not ABSENT else change.old
    return [name for name, value in row.items() if value] if isinstance(row, dict) else [change.path[-1]]


def apply(changes: list[Change], to: Snapshot) -> Snapshot:
    """The snapshot after the changes; what it was given stays as it is."""
    result = copy.deepcopy(to)
    for change in changes:
        _set(result, change.path, change.new)
    return result


def value_at(snapshot: Snapshot, path: Path) -> Any:
    """What the snapshot says at the path; ABSENT where it says nothing."""
    if path[0] in snapshot["fields"]:
        value = snapshot["fields"][path[0]]
        return path[1] in value if len(path) == 2 else value
    row: Any = snapshot["rows"].get(path[0], {}).get(path[1], ABSENT) if len(path) > 1 else ABSENT
    return row if len(path) < 3 or row is ABSENT else row.get(path[2], ABSENT)


def _set(snapshot: Snapshot, path: Path, new: Any) -> None:
    is_member = len(path) == 2 and isinstance(snapshot["fields"].get(path[0]), list)
    if is_member:
        members = {*snapshot["fields"][path[0]]} - {path[1]}
        snapshot["fields"][path[0]] = sorted(members | ({path[1]} if new else set()))
        return
    place: dict[str, Any] = snapshot["fields"]
    if len(path) > 1:
        place = snapshot["rows"].setdefault(path[0], {})
        place = place.setdefault(path[1], {}) if len(path) == 3 else place
    if new is ABSENT:
        place.pop(path[-1], None)
    else:
        place[path[-1]] = copy.deepcopy(new)


@dataclass(frozen=True)
class Conflict:
    """A path that two sides changed differently."""

    path: Path
    base: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True)
class Merge:
    """The changes of both sides on their common base; where they collide, theirs stands."""

    merged: Snapshot
    conflicts: list[Conflict] = field(default_factory=list)


def merge(base: Snapshot, theirs: Snapshot, mine: Snapshot) -> Merge:
    """Both sides' changes in one snapshot, and the paths that both changed differently.

    A row that one side deleted and the other changed is a conflict of the whole row.
    """
    their_changes = {change.path: change.new for change in diff(base, theirs)}
    my_changes = {change.path: change.new for change in diff(base, mine)}
    paths = {
        _collision(path, other)
        for path, new in my_changes.items()
        for other in _touching(path, their_changes)
        if path != other or _differ(new, their_changes[other])
    }
    uncontested = [
        change for change in diff(base, mine) if not any(_within(change.path, path) for path in paths)
    ]
    conflicts = [
        Conflict(path, value_at(base, path), value_at(theirs, path), value_at(mine, path))
        for path in sorted(paths)
    ]
    return Merge(apply(uncontested, theirs), conflicts)


def chosen(merge: Merge, choices: dict[Path, str]) -> Snapshot:
    """The merged snapshot with each conflict decided: "mine" or "theirs"."""
    mine = [
        Change(conflict.path, conflict.theirs, conflict.mine)
        for conflict in merge.conflicts
        if choices[conflict.path] == "mine"
    ]
    return apply(mine, merge.merged)


def _touching(path: Path, others: dict[Path, Any]) -> list[Path]:
    """The paths among the others that are this one, hold it, or lie in it."""
    return [other for other in others if _within(path, other) or _within(other, path)]


def _within(path: Path, other: Path) -> bool:
    return path[: len(other)] == other


def _collision(path: Path, other: Path) -> Path:
    return min(path, other, key=len)


def _differ(one: Any, other: Any) -> bool:
    return (one is ABSENT) != (other is ABSENT) or one != other
