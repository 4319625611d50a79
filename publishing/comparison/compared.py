"""What the snapshots that are compared say, and which columns and rows today's models have for it."""

from typing import Any

from publishing import snapshots
from publishing.comparison.columns import Column, is_text
from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds
from publishing.snapshots import Path, Snapshot


class Shown:
    """Snapshots of one entry, the one that changes lead from first; the entries that they name."""

    def __init__(self, kind: str, *several: Snapshot) -> None:
        """Looks up all the entries in one query."""
        self.kind = kinds()[kind]
        self.rows = children_of(self.kind)
        self.snapshots = [snapshots.conformed(snapshot) for snapshot in several]
        wanted = set().union(*(snapshots.references(snapshot) for snapshot in self.snapshots))
        self.entries = {str(entry.pk): entry for entry in Entry.objects.filter(pk__in=wanted)}

    def model(self, path: Path) -> type[Entry] | type[Child]:
        """The model of the row, or of the entry."""
        return self.rows[path.row_kind] if path.row_kind else self.kind

    def column(self, path: Path) -> Column:
        """The column that the path leads to; raises FieldDoesNotExist."""
        column: Any = self.model(path)._meta.get_field(path.column)
        return column

    def is_about(self, path: Path) -> bool:
        """Whether the column says which fact the row speaks of."""
        return bool(path.row_kind) and path.column == self.rows[path.row_kind].ABOUT

    def is_text(self, path: Path) -> bool:
        """Whether people write words in the column."""
        return is_text(self.column(path)) and not self.is_about(path)

    def row_values(self, path: Path) -> dict[str, Any] | None:
        """What the newest of the snapshots that have the row say of it."""
        rows = (one["rows"].get(path.row_kind, {}).get(path.key) for one in reversed(self.snapshots))
        return next((values for values in rows if values is not None), None)

    def values_beside(self, path: Path) -> dict[str, Any]:
        """All that the row or the entry says."""
        return (self.row_values(path) or {}) if path.row_kind else self.snapshots[-1]["fields"]
