"""Indexes that hold the order of a list, on every database."""

from typing import Any

from django.db.models import Index, OrderBy


class ListIndex(Index):
    """An index whose orders say where missing values stand: `F("declared_on").desc(nulls_last=True)`.

    SQLite takes no word on that in an index; where the highest come first, missing ones are last there
    anyway.
    """

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **options: Any) -> Any:
        """As of a stock index; for SQLite without that word."""
        stock = Index(*self.expressions, name=self.name)
        if schema_editor.connection.vendor == "sqlite":
            stock = Index(*map(_without_nulls, self.expressions), name=self.name)
        return stock.create_sql(model, schema_editor, using, **options)


def _without_nulls(part: Any) -> Any:
    return OrderBy(part.expression, descending=part.descending) if isinstance(part, OrderBy) else part
