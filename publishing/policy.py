"""What the models declare about their columns and kinds, for other modules."""

from functools import cache

from django.db import models

from publishing.fields.columns import stem
from publishing.fields.date_order import InOrder
from publishing.fields.policy import PublicAccess, field_policy
from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds
from publishing.snapshots import content_columns, row_columns


@cache
def columns_of(model: type[Entry] | type[Child]) -> tuple[models.Field, ...]:
    """All columns that a snapshot holds, except the one to the owner of a row, in the order of the model."""
    if issubclass(model, Entry):
        columns: tuple[models.Field, ...] = (*content_columns(model), *model._meta.many_to_many)
    else:
        columns = tuple(column for column in row_columns(model) if column.name != model.OF)
    order = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return tuple(sorted(columns, key=order.index))


@cache
def public_columns(model: type[Entry] | type[Child]) -> tuple[models.Field, ...]:
    """The columns that anybody may propose to change."""
    public = field_policy(model).public
    return tuple(column for column in columns_of(model) if stem(column) in public)


@cache
def protected_names(model: type[Entry] | type[Child]) -> frozenset[str]:
    """The columns and kinds of rows in which two moderators must accept a change from the public."""
    protected = frozenset(field_policy(model).protected)
    rows = children_of(model) if issubclass(model, Entry) else {}
    columns = (column.name for column in columns_of(model) if stem(column) in protected)
    return frozenset([*columns, *(protected & rows.keys())])


def dates_in_order(model: type[Entry] | type[Child]) -> list[tuple[str, str]]:
    """The pairs of date columns in which the first date may not be after the second."""
    return [
        (constraint.first, constraint.then)
        for constraint in model._meta.constraints
        if isinstance(constraint, InOrder)
    ]


def is_open(kind: str, access: PublicAccess) -> bool:
    """Whether the public may do this with entries of the kind; False for an unknown kind."""
    return kind in kinds() and access <= kinds()[kind].PUBLIC_ACCESS
