"""Marks of entries: what readers must know of some of them wherever these are named."""

from typing import Any
from uuid import UUID

from publishing.hooks import marks_of_entries
from publishing.models import Entry
from publishing.remembered import not_noted
from publishing.snapshots import has_shadows

Marks = dict[UUID, str]


def all_marks() -> Marks:
    """The mark of each entry that has one, by key; as of the tables that are shown."""
    return {key: text for text, keys in (mark() for mark in marks_of_entries) for key in keys}


def mark_of(entry: Entry, request: Any = None) -> str:
    """The mark of the entry, or "". What is known of all is kept in the request, if there is one."""
    if type(entry) is not Entry:
        return str(getattr(entry, "mark", ""))
    kept: dict[bool, Marks] = request.__dict__.setdefault("marks_of_entries", {}) if request else {}
    is_past = has_shadows()
    if is_past not in kept:
        # A mark changes with a revision of its entry, and pages know which entries they name.
        with not_noted():
            kept[is_past] = all_marks()
    return kept[is_past].get(entry.pk, "")
