"""Reads columns of keys as the database holds them: one object for each key, however many rows have it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.functions import Cast


class Keys(dict[str, UUID]):
    """The keys that were read so far, by their text.

    To make a key of a text takes longer than all else that a row needs.
    """

    def __missing__(self, text: str) -> UUID:
        self[text] = key = UUID(text)
        return key

    def rows(self, rows: models.QuerySet, *columns: str, also: tuple[str, ...] = ()) -> Iterator[Any]:
        """For each row the keys in these columns, none of which is empty, and what is in the others."""
        texts = [Cast(column, models.CharField()) for column in columns]
        number = len(columns)
        for row in rows.order_by().values_list(*texts, *also).iterator(CHUNK):
            yield (*(self[text] for text in row[:number]), *row[number:])


# So many rows are fetched at once.
CHUNK = 5_000
