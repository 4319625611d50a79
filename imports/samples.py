"""Samples of tables: the head and the first rows, kept beside the mapping that was made by them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from imports.reading import Table
from imports.values import is_missing

MOST_ROWS, MOST_CHARACTERS = 200, 500
# A column with more different values, or longer ones, holds no codes.
MOST_CODES, LONGEST_CODE = 40, 60


def sample_of(table: Table) -> dict[str, Any]:
    """The first rows with their numbers, as they are kept; long cells are cut."""
    cut = ([number, [cell[:MOST_CHARACTERS] for cell in cells]] for number, cells in table.rows())
    return {"columns": table.columns, "rows": [*islice(cut, MOST_ROWS)], "of": table.size}


@dataclass
class Sample(Table):
    """A kept sample, read as any other table."""

    numbered: tuple[tuple[int, list[str]], ...] = ()

    @classmethod
    def of(cls, kept: dict[str, Any] | None) -> "Sample":
        """The sample of a mapping; an empty one, where it was made without."""
        kept = kept or {"columns": [], "rows": [], "of": 0}
        rows = tuple((number, cells) for number, cells in kept["rows"])
        return cls(Path(), kept["columns"], size=len(rows), numbered=rows)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the number that it has in its file."""
        width = len(self.columns)
        for number, cells in self.numbered:
            yield number, [*cells, *[""] * (width - len(cells))]

    def column(self, name: str) -> Iterator[str]:
        """The cells of one column."""
        place = self.columns.index(name)
        return (cells[place] for _number, cells in self.rows())

    def values(self, column: str) -> list[str]:
        """What stands in the column, each once."""
        if column not in self.columns:
            return []
        place = self.columns.index(column)
        return [one for one in dict.fromkeys(cells[place] for _row, cells in self.rows()) if one]

    def codes(self, column: str) -> list[str]:
        """The values of a column of codes that say something."""
        codes = [one for one in self.values(column) if len(one) <= LONGEST_CODE and one.isprintable()]
        return [one for one in codes if not is_missing(one)][:MOST_CODES]
