"""What differs between two snapshots."""

import copy
from dataclasses import dataclass
from typing import Any

from publishing.languages import PAGE_LANGUAGES, stem_and_language
from publishing.snapshots.path import Path
from publishing.snapshots.shape import Snapshot, blank, conformed


class _Absent:
    """The value at a path that a snapshot does not have."""

    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return False


ABSENT = _Absent()


@dataclass(frozen=True)
class Change:
    """One difference between two snapshots: in a column, of a member of a set, or of a whole row."""

    path: Path
    old: Any
    new: Any


def diff(a: Snapshot, b: Snapshot) -> list[Change]:
    """The changes from `a` to `b`: by column and member of a set; added and removed rows as a whole."""
    changes = _diff_values(Path(), a["fields"], b["fields"])
    for name in sorted({*a["rows"], *b["rows"]}):
        old_rows, new_rows = a["rows"].get(name, {}), b["rows"].get(name, {})
        for key in sorted({*old_rows, *new_rows}):
            old, new = old_rows.get(key, ABSENT), new_rows.get(key, ABSENT)
            row = Path(row_kind=name, key=key)
            if old is ABSENT or new is ABSENT:
                changes.append(Change(row, old, new))
            elif old != new:
                changes += _diff_values(row, old, new)
    return changes


def changes_since(base: Snapshot | None, wanted: Snapshot) -> list[Change]:
    """The changes from the base to the wanted snapshot, in today's shape; without a base, all content."""
    return diff(conformed(base) if base else blank(wanted), conformed(wanted))


def _diff_values(row: Path, a: dict[str, Any], b: dict[str, Any]) -> list[Change]:
    changes = []
    for name in sorted({*a, *b}):
        old, new = a.get(name, ABSENT), b.get(name, ABSENT)
        if isinstance(old, list) and isinstance(new, list):
            changes += [
                Change(row.at(name, member), member in old, member in new)
                for member in sorted({*old} ^ {*new})
            ]
        elif old is ABSENT or new is ABSENT or old != new:
            changes.append(Change(row.at(name), old, new))
    return changes


def languages_in(changes: list[Change]) -> list[str]:
    """The languages of the pages whose columns the changes touch, in the order of settings."""
    names = [name for change in changes for name in _names_in(change)]
    languages = {stem_and_language(name)[1] for name in names}
    return [language for language in PAGE_LANGUAGES if language in languages]


def _names_in(change: Change) -> list[str]:
    row = change.new if change.new is not ABSENT else change.old
    return [name for name, value in row.items() if value] if isinstance(row, dict) else [change.path.column]


def apply(changes: list[Change], to: Snapshot) -> Snapshot:
    """A copy of the snapshot with the changes applied."""
    result = copy.deepcopy(to)
    for change in changes:
        _set(result, change.path, change.new)
    return result


def value_at(snapshot: Snapshot, path: Path) -> Any:
    """The value at the path; ABSENT where the snapshot has none."""
    values = snapshot["fields"]
    if path.row_kind:
        values = snapshot["rows"].get(path.row_kind, {}).get(path.key, ABSENT)
        if path.is_row or values is ABSENT:
            return values
    value = values.get(path.column, ABSENT)
    return path.member in value if path.member and value is not ABSENT else value


def _set(snapshot: Snapshot, path: Path, new: Any) -> None:
    values, name = snapshot["fields"], path.column
    if path.row_kind:
        rows = snapshot["rows"].setdefault(path.row_kind, {})
        values, name = (rows, path.key) if path.is_row else (rows.setdefault(path.key, {}), path.column)
    if path.member:
        members = {*values.get(name, [])} - {path.member}
        values[name] = sorted(members | ({path.member} if new else set()))
    elif new is ABSENT:
        values.pop(name, None)
    else:
        values[name] = copy.deepcopy(new)
