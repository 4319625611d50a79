"""Puts changes into words."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from publishing import snapshots
from publishing.comparison.columns import Column, is_text, language_of, name_of, plain_words
from publishing.comparison.lines import NOTHING, How, Line, Shape
from publishing.comparison.words import compared
from publishing.languages import LocalizedText, active_language, column_in, columns_of_text
from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds
from publishing.snapshots import ABSENT, Change, Path, Snapshot

MAX_NAME_LENGTH = 80


class Reader:
    """Puts the paths and values of one kind of entry into words; looks up all names in one query."""

    def __init__(self, kind: str, *seen: Snapshot) -> None:
        """Take the snapshots that changes lead from and to, the one that they lead from first."""
        self.kind = kinds()[kind]
        self.rows = children_of(self.kind)
        self.seen = [snapshots.conformed(snapshot) for snapshot in seen]
        wanted = set().union(*(snapshots.references(snapshot) for snapshot in self.seen))
        self.entries = {str(entry.pk): entry for entry in Entry.objects.filter(pk__in=wanted)}

    # --- lines ---------------------------------------------------------------------------

    def lines(self, changes: Iterable[Change]) -> list[Line]:
        """The changes in words: the entry's own columns, then row by row, each in its order.

        Changes are of the first snapshot that was seen.
        """
        changes = list(changes)
        before = self.seen[0]
        after = snapshots.apply(changes, before)
        found: dict[Path, list[Change]] = {}
        for change in changes:
            found.setdefault(change.path[: 2 if change.path[0] in self.rows else 1], []).append(change)
        own = sorted((at for at in found if len(at) == 1), key=self._order_of_column)
        rows = sorted((at for at in found if len(at) == 2), key=lambda at: self._order_of_row(at, after))
        return [
            *(self._own(at[0], found[at]) for at in own),
            *(self._row(at, found[at], before, after) for at in rows),
        ]

    def _own(self, name: str, changes: list[Change]) -> Line:
        column = self._column((name,))
        if not isinstance(column, models.ManyToManyField):
            return self._leaf(changes[0])
        members = tuple(
            Line(
                Shape.MEMBER,
                How.ADDED if change.new else How.REMOVED,
                "/".join(change.path),
                "",
                old=NOTHING if change.new else self._title(change.path[1]),
                new=self._title(change.path[1]) if change.new else NOTHING,
            )
            for change in changes
        )
        return Line(Shape.SET, How.CHANGED, name, capfirst(name_of(column)), parts=members)

    def _row(self, path: Path, changes: list[Change], before: Snapshot, after: Snapshot) -> Line:
        whole = changes[0] if changes[0].path == path else None
        if whole is not None:
            how = How.REMOVED if whole.new is ABSENT else How.ADDED
            parts = tuple(self._values(path, whole))
        else:
            parts = tuple(
                self._place(change, before, after) if change.path[2] == "position" else self._leaf(change)
                for change in sorted(changes, key=lambda change: self._order_of_column(change.path))
            )
            how = How.MOVED if {part.shape for part in parts} == {Shape.PLACE} else How.CHANGED
        return Line(
            Shape.ROW,
            how,
            "/".join(path),
            self._kind_of_row(path[0]),
            name=self._row_name(path),
            within=self._owner(path),
            parts=parts,
        )

    def _values(self, path: Path, whole: Change) -> Iterator[Line]:
        """What a row says that comes or goes whole."""
        model = self.rows[path[0]]
        values = whole.old if whole.new is ABSENT else whole.new
        for column in snapshots.row_columns(model):
            at, value = (*path, column.name), values[column.name]
            # A zero says something: "not carried out at all", "nobody killed".
            if column.name in {"position", model.OF} or value is None or value is False or value == "":
                continue
            change = Change(at, value, ABSENT) if whole.new is ABSENT else Change(at, ABSENT, value)
            yield self._leaf(change, path="")

    def _leaf(self, change: Change, *, path: str | None = None) -> Line:
        column = self._column(change.path)
        path = "/".join(change.path) if path is None else path
        label = capfirst(name_of(column))
        if self._is_text(change.path):
            old, new = str(change.old or ""), str(change.new or "")
            language = language_of(column, self._values_beside(change.path))
            stretches = compared(old, new)
            return Line(Shape.TEXT, _how(old, new), path, label, language=language, stretches=stretches)
        before, after = self._said(change.path, change.old), self._said(change.path, change.new)
        return Line(Shape.VALUE, _how(before, after), path, label, old=before, new=after)

    def _place(self, change: Change, before: Snapshot, after: Snapshot) -> Line:
        places = [self._place_in(snapshot, change.path[:2]) for snapshot in (before, after)]
        if places[0] == places[1]:
            return self._leaf(change)
        old, new = (LocalizedText(str(place), "", is_fallback=False) for place in places)
        return Line(Shape.PLACE, How.MOVED, "/".join(change.path), _("Place"), old=old, new=new)

    # --- names and values ----------------------------------------------------------------

    def label(self, path: Path) -> str:
        """The name of what the path leads to: "Provision “Withdrawal …”: strength"."""
        if path[0] in self.rows:
            row = f"{self._kind_of_row(path[0])} “{self._row_name(path)}”"
            return row if len(path) == 2 else f"{row}: {name_of(self._column(path))}"
        return capfirst(name_of(self._column(path)))

    def value(self, path: Path, value: Any) -> str:
        """The value in words; nothing for what is not there."""
        if value is not ABSENT and path[0] in self.rows and len(path) == 2:
            said = ((name, self.value((*path, name), one)) for name, one in value.items())
            return "\n".join(
                f"{name_of(self._column((*path, name)))}: {text}"
                for name, text in said
                if text and name != "position"
            )
        return str(self._said(path, value))

    def _said(self, path: Path, value: Any) -> LocalizedText:
        if value is ABSENT or value is None or value == "":
            return NOTHING
        column = self._column(path)
        if isinstance(column, models.ManyToManyField):
            return self._title(path[1]) if value else NOTHING
        if isinstance(column, models.ForeignKey):
            model: Any = column.related_model
            if issubclass(model, Child):
                return LocalizedText(
                    self._row_name((model._meta.model_name or "", value)), "", is_fallback=False
                )
            return self._title(value)
        if self._is_about(path):
            return LocalizedText(self._fact(str(value)), "", is_fallback=False)
        if self._is_text(path):
            return LocalizedText(
                str(value), language_of(column, self._values_beside(path)), is_fallback=False
            )
        return plain_words(column, value)

    def _fact(self, about: str) -> str:
        """The name of what a row is about, given as a path."""
        path = tuple(about.split("/"))
        if path[0] in self.rows:
            return self.label(path[:2]) if len(path) > 1 else self._kind_of_row(path[0])
        for name in (path[0], *columns_of_text(path[0])):
            try:
                return capfirst(str(self._column((name,)).verbose_name))
            except FieldDoesNotExist:
                continue
        return about

    def _title(self, key: str) -> LocalizedText:
        entry = self.entries.get(key)
        gone = LocalizedText(_("(withdrawn)"), active_language(), is_fallback=False)
        return entry.title_localized if entry else gone

    def _kind_of_row(self, name: str) -> str:
        return capfirst(str(self.rows[name]._meta.verbose_name))

    def _row_name(self, path: Path) -> str:
        values = self._row_values(path)
        return _called(self.rows[path[0]], values, self.entries) if values is not None else path[1]

    def _owner(self, path: Path) -> str:
        """The name of the row that the row belongs to; nothing where it belongs to the entry."""
        owner = self.rows[path[0]]._meta.get_field(self.rows[path[0]].OF).related_model
        if not (isinstance(owner, type) and issubclass(owner, Child)):
            return ""
        values = self._row_values(path) or {}
        return self.label((owner._meta.model_name or "", values.get(self.rows[path[0]].OF, "")))

    # --- where things stand --------------------------------------------------------------

    def _column(self, path: Path) -> Column:
        model: Any = self.rows.get(path[0], self.kind)
        return model._meta.get_field(path[2] if path[0] in self.rows else path[0])

    def _is_about(self, path: Path) -> bool:
        return path[0] in self.rows and path[2] == self.rows[path[0]].ABOUT

    def _is_text(self, path: Path) -> bool:
        return is_text(self._column(path)) and not self._is_about(path)

    def _row_values(self, path: Path) -> dict[str, Any] | None:
        """What the newest of the snapshots that have the row say of it."""
        rows = (snapshot["rows"].get(path[0], {}).get(path[1]) for snapshot in reversed(self.seen))
        return next((values for values in rows if values is not None), None)

    def _values_beside(self, path: Path) -> dict[str, Any]:
        if path[0] in self.rows:
            return self._row_values(path) or {}
        return self.seen[-1]["fields"]

    def _order_of_column(self, path: Path) -> int:
        model = self.rows.get(path[0], self.kind)
        names = [column.name for column in (*model._meta.concrete_fields, *model._meta.many_to_many)]
        return names.index(path[2] if path[0] in self.rows else path[0])

    def _order_of_row(self, path: Path, after: Snapshot) -> tuple[int, int, str]:
        values = after["rows"].get(path[0], {}).get(path[1]) or self._row_values(path) or {}
        return [*self.rows].index(path[0]), values.get("position", 0), path[1]

    def _place_in(self, snapshot: Snapshot, path: Path) -> int:
        """Which one it is, counted from 1, among the rows of its kind that belong to the same."""
        rows, owner = snapshot["rows"][path[0]], self.rows[path[0]].OF
        beside = [key for key, row in rows.items() if row.get(owner) == rows[path[1]].get(owner)]
        return sorted(beside, key=lambda key: (rows[key]["position"], key)).index(path[1]) + 1


def _how(old: Any, new: Any) -> How:
    if not old:
        return How.ADDED
    return How.CHANGED if new else How.REMOVED


def _called(model: type[Child], values: dict[str, Any], entries: dict[str, Entry]) -> str:
    """How the row calls itself, without asking the database for the entries that it names."""
    gone = Entry(**{column_in(active_language(), "title"): _("(withdrawn)")})
    try:
        row = snapshots.row_of(model, values)
        for column in snapshots.row_columns(model):
            if isinstance(column.related_model, type) and issubclass(column.related_model, Entry):
                column.set_cached_value(row, entries.get(values[column.name], gone))  # type: ignore[attr-defined]
        return Truncator(str(row)).chars(MAX_NAME_LENGTH)
    except (ObjectDoesNotExist, ValidationError):
        return str(gone)


def between(before: Snapshot | None, after: Snapshot) -> list[Line]:
    """What changed from one snapshot to the next, in words; all of it where there is none before."""
    before = before or {**after, "fields": {}, "rows": {}}
    before, after = snapshots.conformed(before), snapshots.conformed(after)
    return Reader(after["kind"], before, after).lines(snapshots.diff(before, after))
