"""Rewrites a snapshot so that one entry replaces another."""

import copy
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from publishing import snapshots
from publishing.fields.conditions import Conditions
from publishing.languages import PAGE_LANGUAGES, column_in, columns_of_text
from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds, leads_to, owner_of
from publishing.snapshots import Path, Snapshot

# The name of a kind of rows, and the key of one of them.
RowKey = tuple[str, str]
Row = dict[str, Any]
# The largest number that a column of positions holds.
LAST_POSITION = 32_767


class MergeRewrite:
    """A snapshot that is rewritten, step by step, while one entry is merged into another.

    keep, drop: the keys of the two. joined: rows that were removed because an equal row exists.
    removed: rows that were removed because a check constraint forbids them now.
    """

    def __init__(self, snapshot: Snapshot, *, drop: str, keep: str) -> None:
        self.snapshot = snapshots.conformed(copy.deepcopy(snapshot))
        self.drop, self.keep = drop, keep
        self.kind = kinds()[self.snapshot["kind"]]
        self.children = children_of(self.kind)
        self.joined: list[Path] = []
        self.removed: list[Path] = []

    def rows(self, name: str) -> dict[str, Row]:
        """The rows of one kind, by key."""
        return self.snapshot["rows"][name]

    # --- pointers -----------------------------------------------------------------------------

    def replace_pointers(self) -> list[RowKey]:
        """Replace the key of the dropped entry by that of the kept one; returns the rows that changed."""
        self._replace_in_entry()
        return [
            (name, key)
            for name, model in self.children.items()
            for key, row in self.rows(name).items()
            if self._replace_in_row(model, row)
        ]

    def _replace_in_entry(self) -> None:
        fields, own = self.snapshot["fields"], self.snapshot["id"]
        for column in self._columns_to_dropped(snapshots.content_columns(self.kind), fields):
            # A column of an entry never points to the entry itself.
            fields[column.name] = None if own == self.keep and column.null else self.keep
        for members in self.kind._meta.many_to_many:
            if self.drop in fields[members.name]:
                others = {*fields[members.name]} - {self.drop}
                fields[members.name] = sorted(others | ({self.keep} - {own}))

    def _replace_in_row(self, model: type[Child], row: Row) -> bool:
        columns = self._columns_to_dropped(snapshots.row_columns(model), row)
        row |= {column.name: self.keep for column in columns}
        return bool(columns)

    def _columns_to_dropped(self, columns: Iterable[models.Field], values: Row) -> list[models.Field]:
        return [column for column in columns if leads_to(column, Entry) and values[column.name] == self.drop]

    # --- rows that must be removed ------------------------------------------------------------

    def clear_rows(self, changed: list[RowKey]) -> None:
        """Remove those of the changed rows that a check forbids, and join those that equal another row."""
        waiting = [*changed]
        while waiting:
            name, key = waiting.pop(0)
            if key not in self.rows(name):
                continue
            if self._is_forbidden(name, key):
                self.removed.append(Path(row_kind=name, key=key))
                self._remove(name, key)
            elif other := self._equal_row(name, key, changed):
                self.joined.append(Path(row_kind=name, key=key))
                waiting += self._join(name, key, other)

    def _is_forbidden(self, name: str, key: str) -> bool:
        """Whether a check constraint forbids the row, such as a membership of an actor in itself."""
        model = self.children[name]
        row = snapshots.row_of(model, self.rows(name)[key])
        if issubclass(owner_of(model), Entry):
            setattr(row, f"{model.OF}_id", uuid.UUID(self.snapshot["id"]))
        checks = [check for check in model._meta.constraints if isinstance(check, models.CheckConstraint)]
        try:
            Conditions(checks).validate(model, row)
        except ValidationError:
            return True
        return False

    def _equal_row(self, name: str, key: str, changed: list[RowKey]) -> str | None:
        """The key of a row that this one may not be equal to; preferably of one that did not change."""
        rows = self.rows(name)
        for columns in _distinguishing_columns(self.children[name]):
            equal = [
                other
                for other, row in rows.items()
                if other != key and all(row[column] == rows[key][column] for column in columns)
            ]
            if equal:
                return min(equal, key=lambda other: ((name, other) in changed, other))
        return None

    def _join(self, name: str, key: str, into: str) -> list[RowKey]:
        """Remove the row, after the other took over its values and rows; returns the rows that moved."""
        _fill_gaps(self.rows(name)[into], self.rows(name)[key])
        moved = self._move_children(name, key, into)
        self._remove(name, key)
        return moved

    def _move_children(self, name: str, key: str, to: str) -> list[RowKey]:
        """Give the other row all rows that belong to the row or are about it; returns the rows that moved."""
        moved = []
        for child, model in self.children.items():
            for child_key, row in self.rows(child).items():
                for column, value in row.items():
                    if column == model.OF and value == key:
                        row[column] = to
                        moved.append((child, child_key))
                    elif value == _about(name, key):
                        row[column] = _about(name, to)
        return moved

    def _remove(self, name: str, key: str) -> None:
        """Remove the row, and the rows that belong to it."""
        del self.rows(name)[key]
        for child, model in self.children.items():
            if owner_of(model) is self.children[name]:
                for child_key in [own for own, row in self.rows(child).items() if row[model.OF] == key]:
                    self._remove(child, child_key)

    # --- what the dropped entry has -----------------------------------------------------------

    def add_rows(self, rows: dict[str, dict[str, Row]]) -> list[RowKey]:
        """Add the rows of another entry, with new keys and after the existing rows; returns those added."""
        renamed = self._renamed(rows)
        added = []
        for name, rows_of_kind in rows.items():
            last = max((row["position"] for row in self.rows(name).values()), default=-1)
            for key, row in rows_of_kind.items():
                if renamed[key] in self.rows(name):
                    continue
                values = {
                    column: renamed.get(value, value) if isinstance(value, str) else value
                    for column, value in row.items()
                }
                values["position"] = min(row["position"] + last + 1, LAST_POSITION)
                self.rows(name)[renamed[key]] = values
                added.append((name, renamed[key]))
        return added

    def _renamed(self, rows: dict[str, dict[str, Row]]) -> dict[str, str]:
        """The new keys by the old ones, and new paths by old paths; always the same for the same rows."""
        own = uuid.UUID(self.keep)
        keys = {key: str(uuid.uuid5(own, key)) for rows_of_kind in rows.values() for key in rows_of_kind}
        paths = {_about(name, key): _about(name, keys[key]) for name in rows for key in rows[name]}
        return keys | paths

    def add_titles_as_names(self, other: Snapshot) -> None:
        """Add the titles of the other entry as names, unless they are known or too long for the column."""
        if not self.kind.OTHER_NAMES:
            return
        model: Any = self.children[self.kind.OTHER_NAMES]
        rows = self.rows(self.kind.OTHER_NAMES)
        known = {row["name"] for row in rows.values()}
        known |= {self.snapshot["fields"][column] for column in columns_of_text("title")}
        longest = model._meta.get_field("name").max_length or 0
        for language in PAGE_LANGUAGES:
            column = column_in(language, "title")
            name = other["fields"][column]
            if name and name not in known and len(name) <= longest:
                known.add(name)
                position = max((row["position"] for row in rows.values()), default=-1) + 1
                key = str(uuid.uuid5(uuid.UUID(self.keep), f"{other['id']}/{column}"))
                rows[key] = {"name": name, "language": language, "position": min(position, LAST_POSITION)}


def rewritten(snapshot: Snapshot, *, drop: str, keep: str) -> MergeRewrite:
    """The snapshot with the dropped entry replaced by the kept one."""
    rewrite = MergeRewrite(snapshot, drop=drop, keep=keep)
    rewrite.clear_rows(rewrite.replace_pointers())
    return rewrite


def _about(name: str, key: str) -> str:
    """The path of the row, as rows that are about it store it."""
    return str(Path(row_kind=name, key=key))


def _fill_gaps(row: Row, from_row: Row) -> None:
    """Fill the empty values of the row from the other row."""
    for name, value in from_row.items():
        if row[name] in (None, "") and value not in (None, ""):
            row[name] = value


def _distinguishing_columns(model: type[Child]) -> Iterator[tuple[str, ...]]:
    """Sets of columns; no two rows of one entry may be equal in all columns of a set."""
    columns = tuple(column.name for column in snapshots.row_columns(model))
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            yield tuple(name for name in constraint.fields if name in columns)
    yield tuple(name for name in columns if name != "position")
