"""How two sides that changed the same snapshot become one."""

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

    below: what "mine" changes in theirs besides: the rows that belong to a row which one side deleted.
    """

    path: Path
    base: Any
    theirs: Any
    mine: Any
    below: tuple[Change, ...] = ()

    def holds(self, path: Path) -> bool:
        """Whether the path is decided with this one."""
        return any(path.is_within(one) for one in (self.path, *(change.path for change in self.below)))


@dataclass(frozen=True)
class Merge:
    """The changes of both sides on their common base; where they collide, theirs stands."""

    merged: Snapshot
    conflicts: list[Conflict] = field(default_factory=list)


def merge(base: Snapshot, theirs: Snapshot, mine: Snapshot) -> Merge:
    """Both sides' changes in one snapshot, and the paths that both changed differently.

    A row that one side deleted is a conflict as a whole where the other changed it, or added or changed
    a row that belongs to it; all the rows that belong to it are then decided with it.
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
    """The merged snapshot with each conflict decided: "mine" or "theirs"."""
    mine = [conflict for conflict in merge.conflicts if choices[conflict.path] == "mine"]
    changes = [change for one in mine for change in (Change(one.path, one.theirs, one.mine), *one.below)]
    return apply(changes, merge.merged)


# --- one path against another ----------------------------------------------------------------


def _collisions(their_changes: list[Change], my_changes: list[Change]) -> set[Path]:
    """The paths that are the same or lie in each other, and say something else; the outer of each two."""
    their_values = {change.path: change.new for change in their_changes}
    return {
        _outer(change.path, other)
        for change in my_changes
        for other in _touching(change.path, their_values)
        if change.path != other or _differ(change.new, their_values[other])
    }


def _touching(path: Path, others: dict[Path, Any]) -> list[Path]:
    """The paths among the others that are this one, hold it, or lie in it."""
    return [other for other in others if path.is_within(other) or other.is_within(path)]


def _outer(path: Path, other: Path) -> Path:
    return other if path.is_within(other) else path


def _differ(one: Any, other: Any) -> bool:
    return (one is ABSENT) != (other is ABSENT) or one != other


# --- rows against the rows that they belong to ----------------------------------------------------


def _deleted_owners(
    base: Snapshot, without: Snapshot, kept: Snapshot, changes: list[Change]
) -> dict[Path, set[Path]]:
    """The rows that one side deleted while the other wrote in them or in rows below; all rows below each.

    changes: those of the side that kept the rows.
    """
    written = {change.path.row for change in changes if change.path.row_kind and change.new is not ABSENT}
    found = {}
    for name in {*_owned(base).values()}:
        for key in base["rows"].get(name, {}).keys() - without["rows"].get(name, {}).keys():
            owner = Path(row_kind=name, key=key)
            below_kept = _below(kept, owner)
            if value_at(kept, owner) is not ABSENT and written & {owner, *below_kept}:
                found[owner] = _below(base, owner) | _below(without, owner) | below_kept
    return found


def _owned(snapshot: Snapshot) -> dict[str, str]:
    """The kinds of rows that belong to other rows, each with the kind of those."""
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
    for name, of in _owned(snapshot).items():
        if of == owner.row_kind:
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
