"""Samples of tables: the head and the first rows, kept beside the mapping that was made by them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from imports.reading import Table
from imports.values import is_missing

MOST_ROWS, MOST_CHARACTERS = 200, 500
# Of a broad table fewer rows are kept: no more than until their cells have so many characters.
MOST_IN_ALL = 500_000
# A column with more different values, or longer ones, holds no codes.
MOST_CODES, LONGEST_CODE = 40, 60


def sample_of(table: Table) -> dict[str, Any]:
    """The first rows with their numbers, as they are kept; long cells are cut."""
    kept: list[tuple[int, list[str]]] = []
    size = 0
    for number, cells in islice(table.rows(), MOST_ROWS):
        cut = [cell[:MOST_CHARACTERS] for cell in cells]
        # An empty cell takes room, too.
        size += sum(len(cell) + 1 for cell in cut)
        if kept and size > MOST_IN_ALL:
            break
        kept.append((number, cut))
    return {"columns": table.columns, "rows": kept, "of": table.size}


@dataclass
class Sample(Table):
    """A kept sample, read as any other table."""

    numbered: tuple[tuple[int, list[str]], ...] = ()
    # How many rows the whole table has.
    whole: int = 0

    @classmethod
    def of(cls, kept: dict[str, Any] | None) -> "Sample":
        """The sample of a mapping; an empty one, where it was made without."""
        kept = kept or {"columns": [], "rows": [], "of": 0}
        rows = tuple((number, cells) for number, cells in kept["rows"])
        return cls(Path(), kept["columns"], size=len(rows), numbered=rows, whole=kept["of"])

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the number that it has in its file."""
        width = len(self.columns)
        for number, cells in self.numbered:
            yield number, [*cells, *[""] * (width - len(cells))]

    def column(self, name: str) -> Iterator[str]:
        """The cells of one column."""
        place = self.columns.index(name)
        for _number, cells in self.rows():
            yield cells[place]

    def values(self, column: str) -> list[str]:
        """What stands in the column, each once."""
        return self._values.get(column, [])

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        """The values of all columns; the rows are read once for all of them."""
        cells = [cells for _number, cells in self.rows()]
        # Rows may have empty cells beyond the head.
        columns = zip(self.columns, zip(*cells, strict=False), strict=False)
        return {name: [one for one in dict.fromkeys(column) if one] for name, column in columns}

    def codes(self, column: str) -> list[str]:
        """The values of a column of codes that say something."""
        codes = [one for one in self.values(column) if len(one) <= LONGEST_CODE and one.isprintable()]
        return [one for one in codes if not is_missing(one)][:MOST_CODES]
