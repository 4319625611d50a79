"""Which facts a proposal touches: named for lists and filters, and those that two moderators decide."""

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

LONGEST = 1000
# Stands for all the facts of an entry that is new.
ALL = "*"


def touched_fields(changes: Iterable[Change], *, is_new: bool) -> str:
    """The names of the columns and kinds of rows that the changes touch, between commas."""
    names = [ALL] if is_new else sorted({change.path.name for change in changes})
    packed = f",{','.join(names)},"
    return packed if len(packed) <= LONGEST else f",{ALL},"


def names_in(facts: str) -> list[str]:
    """The single names of what `touched` gave."""
    return [name for name in facts.split(",") if name]


def spoken(kind: str, name: str) -> str:
    """The fact in words."""
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


def protected(kind: str, changes: Iterable[Change]) -> list[Path]:
    """The paths among the changes that two moderators decide, as the models declare it."""
    return [change.path for change in changes if _is_protected(kinds()[kind], change)]


def _is_protected(kind: type[Entry], change: Change) -> bool:
    if change.path.name in protected_names(kind):
        return True
    if change.path.row_kind not in children_of(kind):
        return False
    columns = protected_names(children_of(kind)[change.path.row_kind])
    if change.path.is_row:
        return any(_says(row, column) for row in (change.old, change.new) for column in columns)
    return change.path.column in columns


def _says(row: Any, column: str) -> bool:
    return isinstance(row, dict) and row.get(column) is not None
