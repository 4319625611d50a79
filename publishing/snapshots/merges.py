"""Three-way merges of snapshots."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from publishing.models import Child
from publishing.models.entry import children_of, kinds, owner_of
from publishing.snapshots.differences import ABSENT, Change, apply, diff, value_at
from publishing.snapshots.path import Path
from publishing.snapshots.shape import Snapshot


@dataclass(frozen=True)
class Conflict:
    """A path that two sides changed differently.

    below: further changes from theirs to mine, in the rows that belong to a row which one side deleted.
    """

    path: Path
    base: Any
    theirs: Any
    mine: Any
    below: tuple[Change, ...] = ()

    def decides(self, path: Path) -> bool:
        """Whether the choice in this conflict also decides the path."""
        decided = (self.path, *(change.path for change in self.below))
        return any(path.is_within(outer) for outer in decided)


@dataclass(frozen=True)
class Merge:
    """The changes of both sides on their common base; in a conflict `merged` has the value of theirs."""

    merged: Snapshot
    conflicts: list[Conflict] = field(default_factory=list)


def merge(base: Snapshot, theirs: Snapshot, mine: Snapshot) -> Merge:
    """Merge the changes of both sides; the paths that both changed differently are conflicts.

    A row that one side deleted is a conflict as a whole if the other side changed it, or added or changed
    a row that belongs to it; all rows that belong to it are then part of this conflict.
    """
    their_changes, my_changes = diff(base, theirs), diff(base, mine)
    paths = _collisions(their_changes, my_changes)
    owners = {
        **_deleted_owners(base, theirs, mine, my_changes),
        **_deleted_owners(base, mine, theirs, their_changes),
    }
    decided_above = set().union(*owners.values())
    paths = {path for path in paths | owners.keys() if path.row not in decided_above}
    conflicts = [
        Conflict(
            path,
            value_at(base, path),
            value_at(theirs, path),
            value_at(mine, path),
            tuple(_differing(theirs, mine, owners.get(path, set()))),
        )
        for path in sorted(paths)
    ]
    contested = paths | decided_above
    uncontested = [
        change for change in my_changes if not any(change.path.is_within(path) for path in contested)
    ]
    return Merge(apply(uncontested, theirs), conflicts)


def resolved(merge: Merge, choices: dict[Path, str]) -> Snapshot:
    """The merged snapshot with each conflict resolved as "mine" or "theirs"."""
    mine = [conflict for conflict in merge.conflicts if choices[conflict.path] == "mine"]
    changes = [
        change
        for conflict in mine
        for change in (Change(conflict.path, conflict.theirs, conflict.mine), *conflict.below)
    ]
    return apply(changes, merge.merged)


# --- conflicts between paths ------------------------------------------------------------------


def _collisions(their_changes: list[Change], my_changes: list[Change]) -> set[Path]:
    """The paths that both sides changed differently; where one path contains the other, the outer one."""
    their_values = {change.path: change.new for change in their_changes}
    return {
        _outer(change.path, other)
        for change in my_changes
        for other in _overlapping(change.path, their_values)
        if change.path != other or _differ(change.new, their_values[other])
    }


def _overlapping(path: Path, others: dict[Path, Any]) -> list[Path]:
    """The paths among the others that are equal to this one, contain it, or are within it."""
    return [other for other in others if path.is_within(other) or other.is_within(path)]


def _outer(path: Path, other: Path) -> Path:
    return other if path.is_within(other) else path


def _differ(a: Any, b: Any) -> bool:
    return (a is ABSENT) != (b is ABSENT) or a != b


# --- conflicts between rows and their owners --------------------------------------------------------


def _deleted_owners(
    base: Snapshot, deleting: Snapshot, keeping: Snapshot, changes: list[Change]
) -> dict[Path, set[Path]]:
    """The rows that one side deleted and the other changed, or rows below them; each with all rows below it.

    deleting, keeping: the sides. changes: those of the side that kept the rows.
    """
    written = {change.path.row for change in changes if change.path.row_kind and change.new is not ABSENT}
    found = {}
    for name in {*_owned(base).values()}:
        for key in base["rows"].get(name, {}).keys() - deleting["rows"].get(name, {}).keys():
            owner = Path(row_kind=name, key=key)
            below_kept = _below(keeping, owner)
            if value_at(keeping, owner) is not ABSENT and written & {owner, *below_kept}:
                found[owner] = _below(base, owner) | _below(deleting, owner) | below_kept
    return found


def _owned(snapshot: Snapshot) -> dict[str, str]:
    """The kinds of rows that belong to other rows, each with the kind of its owner."""
    found = {}
    for name, model in children_of(kinds()[snapshot["kind"]]).items():
        owner = owner_of(model)
        if issubclass(owner, Child):
            found[name] = owner._meta.model_name or ""
    return found


def _below(snapshot: Snapshot, owner: Path) -> set[Path]:
    """The rows that belong to the row, and those that belong to them."""
    found: set[Path] = set()
    models = children_of(kinds()[snapshot["kind"]])
    for name, owner_kind in _owned(snapshot).items():
        if owner_kind == owner.row_kind:
            for key, row in snapshot["rows"].get(name, {}).items():
                if row.get(models[name].OF) == owner.key:
                    path = Path(row_kind=name, key=key)
                    found |= {path, *_below(snapshot, path)}
    return found


def _differing(theirs: Snapshot, mine: Snapshot, rows: set[Path]) -> Iterator[Change]:
    for path in sorted(rows):
        old, new = value_at(theirs, path), value_at(mine, path)
        if _differ(old, new):
            yield Change(path, old, new)
