"""What the models declare of their columns and kinds, as other files ask for it."""

from functools import cache

from django.db import models

from publishing.fields.columns import stem
from publishing.fields.partial_dates import InOrder
from publishing.fields.policy import PublicAccess, field_policy
from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds
from publishing.snapshots import content_columns, row_columns


@cache
def columns_of(model: type[Entry] | type[Child]) -> tuple[models.Field, ...]:
    """All columns that a snapshot holds, but for that to the row above, in the order of the model."""
    if issubclass(model, Entry):
        found: tuple[models.Field, ...] = (*content_columns(model), *model._meta.many_to_many)
    else:
        found = tuple(column for column in row_columns(model) if column.name != model.OF)
    order = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return tuple(sorted(found, key=order.index))


@cache
def public_columns(model: type[Entry] | type[Child]) -> tuple[models.Field, ...]:
    """The columns that anybody may propose to change."""
    public = field_policy(model).public
    return tuple(column for column in columns_of(model) if stem(column) in public)


@cache
def protected_names(model: type[Entry] | type[Child]) -> frozenset[str]:
    """The columns, and kinds of rows, of which a change from the public takes two moderators."""
    declared = frozenset(field_policy(model).protected)
    rows = children_of(model) if issubclass(model, Entry) else {}
    columns = (column.name for column in columns_of(model) if stem(column) in declared)
    return frozenset([*columns, *(declared & rows.keys())])


def dates_in_order(model: type[Entry] | type[Child]) -> list[tuple[str, str]]:
    """The pairs of dates of which the first may not be after the second."""
    return [(one.first, one.then) for one in model._meta.constraints if isinstance(one, InOrder)]


def is_open(kind: str, access: PublicAccess) -> bool:
    """Whether the public may do this with entries of the kind; there may be no such kind."""
    return kind in kinds() and access <= kinds()[kind].PUBLIC_ACCESS
