"""Which facts a proposal changes: for lists and filters, and those that two moderators decide."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing.comparison.columns import name_of
from publishing.models import Entry
from publishing.models.entry import children_of, kinds
from publishing.policy import protected_names
from publishing.snapshots import Change, Path

MAX_LENGTH = 1000
# Stands for all the facts of a new entry.
ALL = "*"


def touched_fields(changes: Iterable[Change], *, is_new: bool) -> str:
    """The names of the changed columns and kinds of rows, between commas; ALL if there are too many."""
    names = [ALL] if is_new else sorted({change.path.name for change in changes})
    packed = f",{','.join(names)},"
    return packed if len(packed) <= MAX_LENGTH else f",{ALL},"


def split_names(facts: str) -> list[str]:
    """The names in the result of `touched_fields`."""
    return [name for name in facts.split(",") if name]


def fact_label(kind: str, name: str) -> str:
    """The name of the fact for people."""
    if name == ALL:
        return _("a new entry")
    rows, model = children_of(kinds()[kind]), kinds()[kind]
    if name in rows:
        return capfirst(str(rows[name]._meta.verbose_name))
    try:
        column: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return capfirst(name_of(column))


def protected_paths(kind: str, changes: Iterable[Change]) -> list[Path]:
    """The changed paths that two moderators have to decide, as the models declare them."""
    return [change.path for change in changes if _is_protected(kinds()[kind], change)]


def _is_protected(kind: type[Entry], change: Change) -> bool:
    if change.path.name in protected_names(kind):
        return True
    if change.path.row_kind not in children_of(kind):
        return False
    columns = protected_names(children_of(kind)[change.path.row_kind])
    if change.path.is_row:
        return any(_has_value(row, column) for row in (change.old, change.new) for column in columns)
    return change.path.column in columns


def _has_value(row: Any, column: str) -> bool:
    return isinstance(row, dict) and row.get(column) is not None
