"""Puts changes into words."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing import snapshots
from publishing.comparison.columns import language_of, name_of
from publishing.comparison.compared import ComparedSnapshots
from publishing.comparison.lines import ChangeKind, Line, LineKind
from publishing.comparison.names import Names
from publishing.comparison.order import order_of_column, order_of_row, position_of
from publishing.comparison.text_diff import compare_texts
from publishing.comparison.values import Values
from publishing.languages import LocalizedText
from publishing.models import Entry
from publishing.snapshots import ABSENT, Change, Path, Snapshot


class Describer:
    """Puts the changes, paths and values of one entry into words; looks up all names in one query."""

    def __init__(self, kind: str, *compared: Snapshot, entries: Mapping[str, Entry] | None = None) -> None:
        """Take the snapshots to compare: the one before the changes first.

        entries: all that they point to, by key, where somebody has looked them up already.
        """
        self.compared = ComparedSnapshots(kind, *compared, entries=entries)
        self.names = Names(self.compared)
        self.values = Values(self.names)

    def label(self, path: Path) -> str:
        """The name of what the path leads to: "Provision “Withdrawal …”: strength"."""
        return self.names.label(path)

    def value(self, path: Path, value: Any) -> str:
        """The value in words; "" for ABSENT."""
        return self.values.text(path, value)

    def lines(self, changes: Iterable[Change]) -> list[Line]:
        """The changes in words: first the columns of the entry, then row by row.

        changes: what changed since the first of the snapshots.
        """
        changes = list(changes)
        before = self.compared.snapshots[0]
        after = snapshots.apply(changes, before)
        by_target: dict[Path, list[Change]] = {}
        for change in changes:
            target = change.path.row if change.path.row_kind else Path(column=change.path.column)
            by_target.setdefault(target, []).append(change)
        columns = [target for target in by_target if not target.row_kind]
        rows = [target for target in by_target if target.row_kind]
        return [
            *(
                self._column(by_target[target])
                for target in sorted(columns, key=lambda target: order_of_column(self.compared, target))
            ),
            *(
                self._row(target, by_target[target], before, after)
                for target in sorted(rows, key=lambda target: order_of_row(self.compared, target, after))
            ),
        ]

    # --- the columns of the entry ------------------------------------------------------------

    def _column(self, changes: list[Change]) -> Line:
        path = changes[0].path
        column = self.compared.column(path)
        if not isinstance(column, models.ManyToManyField):
            return self._value(changes[0])
        members = tuple(map(self._member, changes))
        return Line(LineKind.SET, ChangeKind.CHANGED, path.column, capfirst(name_of(column)), parts=members)

    def _member(self, change: Change) -> Line:
        title = self.names.entry(change.path.member)
        if change.new:
            return Line(LineKind.MEMBER, ChangeKind.ADDED, str(change.path), "", new=title)
        return Line(LineKind.MEMBER, ChangeKind.REMOVED, str(change.path), "", old=title)

    # --- rows --------------------------------------------------------------------------------

    def _row(self, path: Path, changes: list[Change], before: Snapshot, after: Snapshot) -> Line:
        if changes[0].path == path:
            change_kind = ChangeKind.REMOVED if changes[0].new is ABSENT else ChangeKind.ADDED
            parts = tuple(self._of_whole_row(changes[0]))
        else:
            in_order = sorted(changes, key=lambda change: order_of_column(self.compared, change.path))
            parts = tuple(
                self._position(change, before, after)
                if change.path.column == "position"
                else self._value(change)
                for change in in_order
            )
            change_kind = (
                ChangeKind.MOVED
                if {part.kind for part in parts} == {LineKind.POSITION}
                else ChangeKind.CHANGED
            )
        return Line(
            LineKind.ROW,
            change_kind,
            str(path),
            self.names.row_kind(path),
            name=self.names.row(path),
            within=self.names.owner(path),
            parts=parts,
        )

    def _of_whole_row(self, whole: Change) -> Iterator[Line]:
        """The values of a row that is added or removed."""
        model = self.compared.rows[whole.path.row_kind]
        values = whole.old if whole.new is ABSENT else whole.new
        for column in snapshots.row_columns(model):
            target, value = whole.path.at(column.name), values[column.name]
            # A zero has a meaning: "not carried out at all", "nobody killed".
            if column.name in {"position", model.OF} or value is None or value is False or value == "":
                continue
            change = Change(target, value, ABSENT) if whole.new is ABSENT else Change(target, ABSENT, value)
            yield self._value(change, path="")

    def _position(self, change: Change, before: Snapshot, after: Snapshot) -> Line:
        positions = [position_of(self.compared, change.path, snapshot) for snapshot in (before, after)]
        if positions[0] == positions[1]:
            return self._value(change)
        old, new = (LocalizedText(str(position), "", is_fallback=False) for position in positions)
        return Line(LineKind.POSITION, ChangeKind.MOVED, str(change.path), _("Place"), old=old, new=new)

    # --- one column --------------------------------------------------------------------------

    def _value(self, change: Change, *, path: str | None = None) -> Line:
        column = self.compared.column(change.path)
        path = str(change.path) if path is None else path
        label = capfirst(name_of(column))
        if self.compared.is_text(change.path):
            old, new = str(change.old or ""), str(change.new or "")
            language = language_of(column, self.compared.all_values(change.path))
            segments = compare_texts(old, new)
            return Line(
                LineKind.TEXT, _change_kind(old, new), path, label, language=language, segments=segments
            )
        before, after = (self.values.localized(change.path, value) for value in (change.old, change.new))
        return Line(LineKind.VALUE, _change_kind(before, after), path, label, old=before, new=after)


def _change_kind(old: Any, new: Any) -> ChangeKind:
    if not old:
        return ChangeKind.ADDED
    return ChangeKind.CHANGED if new else ChangeKind.REMOVED


def lines_between(before: Snapshot | None, after: Snapshot) -> list[Line]:
    """What changed between two snapshots, in words; everything in `after` where there is no `before`."""
    before = before or {**after, "fields": {}, "rows": {}}
    before, after = snapshots.conformed(before), snapshots.conformed(after)
    return Describer(after["kind"], before, after).lines(snapshots.diff(before, after))
