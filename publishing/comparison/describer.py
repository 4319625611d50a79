"""Puts changes into words."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing import snapshots
from publishing.comparison.columns import language_of, name_of
from publishing.comparison.lines import How, Line, Shape
from publishing.comparison.names import Names
from publishing.comparison.order import number_of, order_of_column, order_of_row
from publishing.comparison.shown import Shown
from publishing.comparison.values import Values
from publishing.comparison.words import compared
from publishing.languages import LocalizedText
from publishing.snapshots import ABSENT, Change, Path, Snapshot


class Reader:
    """Puts the changes, paths and values of one entry into words; looks up all names in one query."""

    def __init__(self, kind: str, *several: Snapshot) -> None:
        """Take the snapshots that changes lead from and to, the one that they lead from first."""
        self.shown = Shown(kind, *several)
        self.names = Names(self.shown)
        self.values = Values(self.names)

    def label(self, path: Path) -> str:
        """The name of what the path leads to: "Provision “Withdrawal …”: strength"."""
        return self.names.label(path)

    def value(self, path: Path, value: Any) -> str:
        """The value in words; nothing for what is not there."""
        return self.values.text(path, value)

    def lines(self, changes: Iterable[Change]) -> list[Line]:
        """The changes in words: the entry's own columns, then row by row, each in its order.

        Changes are of the first of the snapshots.
        """
        changes = list(changes)
        before = self.shown.snapshots[0]
        after = snapshots.apply(changes, before)
        found: dict[Path, list[Change]] = {}
        for change in changes:
            at = change.path.row if change.path.row_kind else Path(column=change.path.column)
            found.setdefault(at, []).append(change)
        own = [at for at in found if not at.row_kind]
        rows = [at for at in found if at.row_kind]
        return [
            *(self._own(found[at]) for at in sorted(own, key=lambda at: order_of_column(self.shown, at))),
            *(
                self._row(at, found[at], before, after)
                for at in sorted(rows, key=lambda at: order_of_row(self.shown, at, after))
            ),
        ]

    # --- what the entry itself says ----------------------------------------------------------

    def _own(self, changes: list[Change]) -> Line:
        path = changes[0].path
        column = self.shown.column(path)
        if not isinstance(column, models.ManyToManyField):
            return self._leaf(changes[0])
        members = tuple(map(self._member, changes))
        return Line(Shape.SET, How.CHANGED, path.column, capfirst(name_of(column)), parts=members)

    def _member(self, change: Change) -> Line:
        title = self.names.entry(change.path.member)
        if change.new:
            return Line(Shape.MEMBER, How.ADDED, str(change.path), "", new=title)
        return Line(Shape.MEMBER, How.REMOVED, str(change.path), "", old=title)

    # --- rows --------------------------------------------------------------------------------

    def _row(self, path: Path, changes: list[Change], before: Snapshot, after: Snapshot) -> Line:
        if changes[0].path == path:
            how = How.REMOVED if changes[0].new is ABSENT else How.ADDED
            parts = tuple(self._of_whole_row(changes[0]))
        else:
            in_order = sorted(changes, key=lambda change: order_of_column(self.shown, change.path))
            parts = tuple(
                self._place(one, before, after) if one.path.column == "position" else self._leaf(one)
                for one in in_order
            )
            how = How.MOVED if {part.shape for part in parts} == {Shape.PLACE} else How.CHANGED
        return Line(
            Shape.ROW,
            how,
            str(path),
            self.names.row_kind(path),
            name=self.names.row(path),
            within=self.names.owner(path),
            parts=parts,
        )

    def _of_whole_row(self, whole: Change) -> Iterator[Line]:
        """What a row says that comes or goes."""
        model = self.shown.rows[whole.path.row_kind]
        values = whole.old if whole.new is ABSENT else whole.new
        for column in snapshots.row_columns(model):
            at, value = whole.path.at(column.name), values[column.name]
            # A zero says something: "not carried out at all", "nobody killed".
            if column.name in {"position", model.OF} or value is None or value is False or value == "":
                continue
            change = Change(at, value, ABSENT) if whole.new is ABSENT else Change(at, ABSENT, value)
            yield self._leaf(change, path="")

    def _place(self, change: Change, before: Snapshot, after: Snapshot) -> Line:
        places = [number_of(self.shown, change.path, snapshot) for snapshot in (before, after)]
        if places[0] == places[1]:
            return self._leaf(change)
        old, new = (LocalizedText(str(place), "", is_fallback=False) for place in places)
        return Line(Shape.PLACE, How.MOVED, str(change.path), _("Place"), old=old, new=new)

    # --- one column --------------------------------------------------------------------------

    def _leaf(self, change: Change, *, path: str | None = None) -> Line:
        column = self.shown.column(change.path)
        path = str(change.path) if path is None else path
        label = capfirst(name_of(column))
        if self.shown.is_text(change.path):
            old, new = str(change.old or ""), str(change.new or "")
            language = language_of(column, self.shown.values_beside(change.path))
            stretches = compared(old, new)
            return Line(Shape.TEXT, _how(old, new), path, label, language=language, stretches=stretches)
        before, after = (self.values.spoken(change.path, value) for value in (change.old, change.new))
        return Line(Shape.VALUE, _how(before, after), path, label, old=before, new=after)


def _how(old: Any, new: Any) -> How:
    if not old:
        return How.ADDED
    return How.CHANGED if new else How.REMOVED


def between(before: Snapshot | None, after: Snapshot) -> list[Line]:
    """What changed from one snapshot to the next, in words; all of it where there is none before."""
    before = before or {**after, "fields": {}, "rows": {}}
    before, after = snapshots.conformed(before), snapshots.conformed(after)
    return Reader(after["kind"], before, after).lines(snapshots.diff(before, after))
