"""Entries as plain JSON: functions to read, write, compare, merge and rehearse snapshots.

A snapshot holds one whole entry: its content columns and the rows that belong to it, flat,
keyed by kind and UUID. A list in it is a set of members (many-to-many), sorted.

    {"kind": "case", "id": "...", "fields": {"title_en": "...", "themes": ["..."]},
     "rows": {"provision": {"<uuid>": {"strength": 3, ...}}}}
"""

from publishing.snapshots.copies import copied
from publishing.snapshots.differences import (
    ABSENT,
    Change,
    apply,
    changes_since,
    diff,
    languages_in,
    value_at,
)
from publishing.snapshots.many import filled, freeze_all, thaw_new, write_new
from publishing.snapshots.merges import Conflict, Merge, merge, resolved
from publishing.snapshots.path import Path
from publishing.snapshots.pointers import orphans, pointers, references, users
from publishing.snapshots.shadows import has_shadows, shown_with, without_shadows
from publishing.snapshots.shape import (
    Snapshot,
    as_stored,
    blank,
    conformed,
    conformed_row,
    content_columns,
    dates_in,
    empty,
    path_to_entry,
    row_columns,
    row_of,
    texts_with,
    unknown,
)
from publishing.snapshots.tables import (
    erase,
    freeze,
    is_rehearsed,
    rehearsal,
    stored_at,
    thaw,
    thaw_and_freeze,
)

__all__ = [
    "ABSENT",
    "Change",
    "Conflict",
    "Merge",
    "Path",
    "Snapshot",
    "apply",
    "as_stored",
    "blank",
    "changes_since",
    "conformed",
    "conformed_row",
    "content_columns",
    "copied",
    "dates_in",
    "diff",
    "empty",
    "erase",
    "filled",
    "freeze",
    "freeze_all",
    "has_shadows",
    "is_rehearsed",
    "languages_in",
    "merge",
    "orphans",
    "path_to_entry",
    "pointers",
    "references",
    "rehearsal",
    "resolved",
    "row_columns",
    "row_of",
    "shown_with",
    "stored_at",
    "texts_with",
    "thaw",
    "thaw_and_freeze",
    "thaw_new",
    "unknown",
    "users",
    "value_at",
    "without_shadows",
    "write_new",
]
