"""What was pasted into the box of one kind of rows, as a table to look at before it becomes rows."""

import zlib
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from desk.pasting.boxes import DATE, Option, PasteBox, paste_boxes
from desk.pasting.grids import Grid, read_grid
from desk.pasting.matching import Matched, line_of_heads, matched
from desk.pasting.values import DATE_ORDERS, OF_CENTURIES, Reader, Value
from publishing.fields.clean_text import with_line_feeds
from publishing.fields.written_dates import CENTURIES, with_centuries


@dataclass(frozen=True)
class PastedCell:
    """One cell: the name of the box in which it can be mended, what stands there, and what it means."""

    name: str
    text: str
    value: Value
    label: str

    @property
    def options(self) -> list[Option]:
        """What can be chosen: nothing, what was pasted, what it could be."""
        return [Option(self.text, "—"), *(one for one in self.value.options if one.value != self.text)]


@dataclass(frozen=True)
class PastedColumn:
    """One column: the name of the list of boxes, the box that it is for, and its head."""

    number: int
    name: str
    head: str
    box: PasteBox | None
    asks_for_order: bool = False
    asks_for_century: bool = False


@dataclass
class PastedRow:
    """One line: its cells, of the columns that are not left out."""

    number: int
    cells: list[PastedCell] = field(default_factory=list)

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody has to look at it."""
        return any(cell.value.doubt for cell in self.cells)


class Pasted:
    """A pasted text, with all that was chosen for its columns and cells; read once.

    formset: the bound formset whose form was sent.
    """

    def __init__(self, formset: Any) -> None:
        self.formset, self.data = formset, formset.data
        self.name = f"{formset.prefix}-paste"
        self.text: str = with_line_feeds(self.data.get(self.name, ""))
        self.digest = str(zlib.crc32(self.text.encode(errors="surrogatepass")))
        # What was chosen for another text does not hold for this one.
        self.is_looked_at = self.data.get(f"{self.name}-of") == self.digest
        self.date_orders, self.centuries, self.error = DATE_ORDERS, OF_CENTURIES, ""
        self._grid = self._read()

    @cached_property
    def boxes(self) -> list[PasteBox]:
        """What a column can be for."""
        return paste_boxes(self.formset)

    def _read(self) -> Grid:
        try:
            return read_grid(self.text)
        except ValidationError as error:
            self.error = " ".join(error.messages)
            return []

    @cached_property
    def has_head(self) -> bool:
        """Whether a line names the columns: the first one, but for titles above it."""
        if self.is_looked_at:
            return f"{self.name}-head" in self.data
        return self._line_of_heads is not None

    @cached_property
    def _line_of_heads(self) -> int | None:
        return line_of_heads(self._grid, self.boxes)

    @cached_property
    def _head(self) -> list[str]:
        return self._grid[self._line_of_heads or 0] if self.has_head and self._grid else []

    @cached_property
    def _lines(self) -> Grid:
        if not self.has_head:
            return self._grid
        return [line for line in self._grid[(self._line_of_heads or 0) + 1 :] if line != self._head]

    @property
    def left_out(self) -> list[str]:
        """What is part of no row: titles, columns without a box, and names of columns that come again."""
        above = self._grid[: self._line_of_heads or 0] if self.has_head else []
        titles = [next(cell for cell in line if cell) for line in above]
        without_box = [column for column in self.columns if column.box is None]
        columns = (
            column.head or next((line[column.number] for line in self._lines if line[column.number]), "")
            for column in without_box
        )
        return [*titles, *self._again, *filter(None, columns)]

    @property
    def _again(self) -> list[str]:
        is_repeated = self.has_head and self._grid.count(self._head) > 1
        return [_("the names of the columns again")] if is_repeated else []

    @cached_property
    def _reader(self) -> Reader:
        return Reader(
            self._chosen_for_dates("way", DATE_ORDERS), self._chosen_for_dates("century", OF_CENTURIES)
        )

    def _chosen_for_dates(self, about: str, choices: Container[str]) -> dict[str, str]:
        sent = {box.name: self.data.get(f"{self.name}-{about}-{box.name}", "") for box in self.boxes}
        return {name: choice for name, choice in sent.items() if choice and choice in choices}

    @cached_property
    def _matched(self) -> Matched:
        found = matched(self._head, self._lines, self.boxes, self._reader)
        if not self.is_looked_at:
            return found
        by_name: dict[str, PasteBox | None] = {box.name: box for box in self.boxes}
        named = (self.data.get(f"{self.name}-column-{number}", "") for number in range(len(found)))
        chosen: Matched = []
        for name in named:
            box = by_name.get(name)
            chosen.append(None if box in chosen else box)
        return chosen

    @cached_property
    def columns(self) -> list[PastedColumn]:
        """The columns from the first to the last."""
        return [
            PastedColumn(
                number,
                f"{self.name}-column-{number}",
                self._head[number] if self._head else "",
                box,
                *self._asks_of_dates(number, box),
            )
            for number, box in enumerate(self._matched)
        ]

    def _asks_of_dates(self, number: int, box: PasteBox | None) -> tuple[bool, bool]:
        """Whether it matters what comes first in them, and of which century their years are."""
        if box is None or box.sort != DATE:
            return False, False
        cells = {line[number] for line in self._lines}
        reader = Reader({}, {box.name: CENTURIES[0]})
        return any(reader.read(box, cell).options for cell in cells), any(map(with_centuries, cells))

    def date_order_of(self, column: PastedColumn) -> str:
        """What was chosen to come first in the dates of the column: the day or the month."""
        return self._reader.date_orders.get(column.box.name if column.box else "", "")

    def century_of(self, column: PastedColumn) -> str:
        """The century that was chosen for the years of two digits in the column."""
        return self._reader.centuries.get(column.box.name if column.box else "", "")

    @cached_property
    def rows(self) -> list[PastedRow]:
        """The lines, without the names of the columns."""
        chosen = [(column.number, column.box) for column in self.columns if column.box is not None]
        texts = {
            (at, number): self._text_of(at, number, line[number])
            for at, line in enumerate(self._lines)
            for number, _box in chosen
        }
        for number, box in chosen:
            self._reader.look_up(box, (text for (_at, of), text in texts.items() if of == number))
        return [
            PastedRow(at + 1, [self._cell(at, number, box, texts[at, number]) for number, box in chosen])
            for at in range(len(self._lines))
        ]

    def _text_of(self, at: int, number: int, pasted: str) -> str:
        """What was written instead, if somebody did."""
        if not self.is_looked_at:
            return pasted
        return self.data.get(f"{self.name}-{at}-{number}", pasted).strip()

    def _cell(self, at: int, number: int, box: PasteBox, text: str) -> PastedCell:
        value = self._reader.read(box, text)
        return PastedCell(f"{self.name}-{at}-{number}", text, value, box.label)

    @property
    def changed_cells(self) -> Iterator[PastedCell]:
        """The cells that were mended, and are not doubtful any more: their boxes are sent again, unseen."""
        for row, line in zip(self.rows, self._lines, strict=True):
            chosen = [column.number for column in self.columns if column.box is not None]
            for cell, number in zip(row.cells, chosen, strict=True):
                if cell.text != line[number] and not cell.value.doubt:
                    yield cell

    @property
    def understood(self) -> int:
        """How many rows are understood."""
        return len(self.rows) - self.doubtful

    @property
    def doubtful(self) -> int:
        """How many rows somebody has to look at."""
        return sum(row.is_doubtful for row in self.rows)

    @property
    def may_be_put(self) -> bool:
        """Whether all is understood."""
        return bool(self.rows) and not self.doubtful and any(column.box for column in self.columns)

    @property
    def values(self) -> Iterator[dict[str, list[str]]]:
        """What is sent for the boxes of each row."""
        names = [column.box.name for column in self.columns if column.box is not None]
        for row in self.rows:
            sent = zip(names, (cell.value.sent for cell in row.cells), strict=True)
            yield {name: [value] for name, value in sent if value}


def is_waiting(data: Any, prefix: str) -> bool:
    """Whether something was pasted that is among the rows of the form not yet."""
    return bool(data) and bool(data.get(f"{prefix}-paste", "").strip())


def forget(data: Any, prefix: str) -> None:
    """Empty the box, and drop what was chosen for its content."""
    for name in [name for name in data if name.startswith(f"{prefix}-paste")]:
        del data[name]
