"""Numbers of rows beside each row of a list."""

from django.db import models
from django.db.models.functions import Coalesce


def number_of(rows: models.QuerySet, column: str) -> Coalesce:
    """How many of the rows point to a row of the list by the column.

    Each number is counted by itself, along an index: a join would count all rows before the page is cut.
    """
    counted = rows.filter(**{column: models.OuterRef("pk")}).order_by().values(column)
    return Coalesce(models.Subquery(counted.values(number=models.Count("pk"))), 0)
