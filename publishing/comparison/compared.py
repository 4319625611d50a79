"""The snapshots that are compared, and the columns and rows that today's models have for them."""

from collections.abc import Mapping
from typing import Any

from publishing import snapshots
from publishing.comparison.columns import Column, is_text
from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds
from publishing.snapshots import Path, Snapshot


class ComparedSnapshots:
    """Snapshots of one entry, the oldest first, and the entries that they point to."""

    def __init__(self, kind: str, *compared: Snapshot, entries: Mapping[str, Entry] | None = None) -> None:
        """Look up all entries in one query, unless they are given."""
        self.kind = kinds()[kind]
        self.rows = children_of(self.kind)
        self.snapshots = [snapshots.conformed(snapshot) for snapshot in compared]
        self.entries = entries if entries is not None else self._look_up()

    def _look_up(self) -> dict[str, Entry]:
        wanted = set().union(*(snapshots.references(snapshot) for snapshot in self.snapshots))
        return {str(entry.pk): entry for entry in Entry.objects.filter(pk__in=wanted)}

    def model(self, path: Path) -> type[Entry] | type[Child]:
        """The model of the row, or of the entry."""
        return self.rows[path.row_kind] if path.row_kind else self.kind

    def column(self, path: Path) -> Column:
        """The column that the path leads to; raises FieldDoesNotExist."""
        column: Any = self.model(path)._meta.get_field(path.column)
        return column

    def is_about(self, path: Path) -> bool:
        """Whether the column names the fact that the row is about."""
        return bool(path.row_kind) and path.column == self.rows[path.row_kind].ABOUT

    def is_text(self, path: Path) -> bool:
        """Whether the column holds free text."""
        return is_text(self.column(path)) and not self.is_about(path)

    def row_values(self, path: Path) -> dict[str, Any] | None:
        """The values of the row in the newest snapshot that has it; None where none has it."""
        rows = (
            snapshot["rows"].get(path.row_kind, {}).get(path.key) for snapshot in reversed(self.snapshots)
        )
        return next((values for values in rows if values is not None), None)

    def all_values(self, path: Path) -> dict[str, Any]:
        """All values of the row; of the entry where the path names no row."""
        return (self.row_values(path) or {}) if path.row_kind else self.snapshots[-1]["fields"]
