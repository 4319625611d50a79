"""Reads the table of a file: a CSV or the first sheet of a workbook; what is damaged is refused.

The whole of a file is looked at before its first row is given, so that nothing is half-read. The rows of a
CSV are read one by one; a workbook is read whole, once its sizes are known.
"""

import csv
import datetime
import logging
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from python_calamine import CalamineError, CalamineWorkbook

from imports import sheets

log = logging.getLogger(__name__)

# So large may a file be, a workbook once it is unpacked, and one cell.
MOST_BYTES = 256 * 1024 * 1024
MOST_UNPACKED = 512 * 1024 * 1024
MOST_TIMES_PACKED = 200
MOST_IN_A_CELL = csv.field_size_limit()
MOST_COLUMNS = 2000
DELIMITERS = ",;\t|"
# How files begin that are no tables, and what is said of each.
NO_TABLES = (
    (
        b"\xd0\xcf\x11\xe0",
        gettext_lazy(
            "This is a workbook of an old kind (.xls), or one with a password. Save it as .xlsx without a "
            "password, or as CSV."
        ),
    ),
    (b"\x1f\x8b", gettext_lazy("This file is packed (.gz). Unpack it first.")),
    (b"%PDF-", gettext_lazy("This is a document (.pdf), and no table.")),
    (b"\xff\xd8\xff", gettext_lazy("This is a picture, and no table.")),
    (b"\x89PNG", gettext_lazy("This is a picture, and no table.")),
    (b"GIF8", gettext_lazy("This is a picture, and no table.")),
    (b"{", gettext_lazy("This is JSON, and no table. Save it as CSV.")),
    (b"[{", gettext_lazy("This is JSON, and no table. Save it as CSV.")),
    (b"[[", gettext_lazy("This is JSON, and no table. Save it as CSV.")),
    (b"<", gettext_lazy("This is a page or a drawing (HTML, XML, SVG), and no table. Save it as CSV.")),
)
# What letters and marks of UTF-8 look like (é, هد, ’); in Windows-1252 nobody writes Ã©, Ù‡Ø¯, â€™.
OF_UTF_8 = re.compile(rb"\xc3[\xa0-\xbf]|(?:[\xd8-\xdb][\x80-\xbf]){2}|\xe2\x80[\x90-\xbf]")
PIECE = 1024 * 1024


class Unreadable(Exception):
    """The file cannot be read; says why, and in which row."""


def refuse_other(table: "Table", dataset: str, columns: Iterable[str]) -> None:
    """Raise Unreadable where the table is not that of the dataset, which has these columns, or is empty."""
    if missing := [one for one in columns if one not in table.columns]:
        message = _("Columns of %(dataset)s are missing: %(columns)s. Is it another dataset?")
        raise Unreadable(message % {"dataset": dataset, "columns": ", ".join(missing)})
    if table.size == 0:
        raise Unreadable(_("Below its head the table has no rows."))


@dataclass
class Table:
    """The table of a file: the names of its columns, and its rows with their numbers, as in a spreadsheet."""

    path: Path
    columns: list[str]
    encoding: str = ""
    delimiter: str = ""
    notes: list[str] = field(default_factory=list)
    # How many rows there are.
    size: int = 0
    _cells: list[list[str]] | None = None

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row that holds something, with its number; the head is row 1."""
        rows = self._of_csv() if self._cells is None else enumerate(self._cells[1:], start=2)
        width = len(self.columns)
        for number, cells in rows:
            if any(cells):
                yield number, [*cells, *[""] * (width - len(cells))]

    def column(self, name: str) -> Iterator[str]:
        """The cells of one column, also of rows that hold nothing."""
        place = self.columns.index(name)
        rows = self._read_csv() if self._cells is None else iter(self._cells[1:])
        for cells in rows:
            yield cells[place].strip() if place < len(cells) else ""

    def _of_csv(self) -> Iterator[tuple[int, list[str]]]:
        for number, cells in enumerate(self._read_csv(), start=2):
            yield number, [*map(str.strip, cells)]

    def _read_csv(self) -> Iterator[list[str]]:
        """The rows below the head, as they are."""
        with self.path.open(encoding=self.encoding, newline="") as text:
            rows = csv.reader(text, delimiter=self.delimiter, strict=True)
            next(rows)
            yield from rows


def read_table(path: Path) -> Table:
    """The table of the file; raises Unreadable where any of it is damaged."""
    try:
        size = path.stat().st_size
        with path.open("rb") as opened:
            head = opened.read(8)
    except OSError as error:
        raise Unreadable(_("The file cannot be opened: %(why)s.") % {"why": error.strerror}) from error
    if size == 0:
        raise Unreadable(_("The file is empty."))
    if size > MOST_BYTES:
        raise Unreadable(_("The file is larger than %(size)d MB.") % {"size": MOST_BYTES // 2**20})
    if head.startswith(b"PK\x03\x04"):
        return _workbook(path)
    for beginning, what_it_is in NO_TABLES:
        if head.startswith(beginning):
            raise Unreadable(str(what_it_is))
    return _csv(path)


# --- CSV -------------------------------------------------------------------------------------


def _csv(path: Path) -> Table:
    encoding = _encoding_of(path)
    with path.open(encoding=encoding, newline="") as text:
        columns, delimiter = _head(text)
    table = Table(path, columns, encoding, delimiter)
    _look_through(table)
    if encoding == "cp1252":
        table.notes.append(_("The file is not in UTF-8; it was read as Windows-1252."))
    return table


def _encoding_of(path: Path) -> str:
    """UTF-8, with or without its mark, else Windows-1252; a zero byte means none of them."""
    fits_utf_8, fits_windows, has_utf_8 = True, True, False
    for piece in _lines(path):
        if b"\x00" in piece:
            raise Unreadable(_("The file holds zero bytes: it is no text, or in UTF-16. Save it in UTF-8."))
        fits_utf_8 = fits_utf_8 and _fits(piece, "utf-8")
        fits_windows = fits_windows and _fits(piece, "cp1252")
        has_utf_8 = has_utf_8 or bool(OF_UTF_8.search(piece))
        if not (fits_utf_8 or fits_windows):
            raise Unreadable(_("The letters of the file are in no encoding that we know. Save it in UTF-8."))
    if not fits_utf_8 and has_utf_8:
        raise Unreadable(
            _("Some letters of the file are in UTF-8 and others are not. Save all of it in UTF-8.")
        )
    return "utf-8-sig" if fits_utf_8 else "cp1252"


def _lines(path: Path) -> Iterator[bytes]:
    """The bytes of the file in pieces that end where a line does; no letter of UTF-8 is cut."""
    with path.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece + opened.readline(PIECE)


def _fits(piece: bytes, encoding: str) -> bool:
    try:
        piece.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _head(text: IO[str]) -> tuple[list[str], str]:
    """The names of the columns, and the delimiter: the one that parts the first row most often."""
    first = text.readline(MOST_IN_A_CELL)
    delimiter = max(DELIMITERS, key=first.count)
    if first.count(delimiter) == 0:
        message = _(
            "The first row has one column only. Separate the columns with a comma, a semicolon or a tab."
        )
        raise Unreadable(message)
    text.seek(0)
    try:
        names = next(csv.reader(text, delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Unreadable(_damaged(1, error)) from error
    return _columns(names), delimiter


def _columns(names: list[str]) -> list[str]:
    columns = [name.strip() for name in names]
    if len(columns) > MOST_COLUMNS:
        raise Unreadable(_("The table has more than %(count)d columns.") % {"count": MOST_COLUMNS})
    while columns and not columns[-1]:
        columns.pop()
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise Unreadable(_("Several columns have the same name: %(names)s.") % {"names": ", ".join(twice)})
    return columns


def _look_through(table: Table) -> None:
    """Read all of it once: a quotation that is not closed, or a row that is too long, is found now."""
    number, width, last = 1, len(table.columns), 0
    message = _(
        "Row %(row)d has %(cells)d cells, and the head has %(columns)d: the file is damaged or cut off."
    )
    try:
        for number, cells in table._of_csv():
            if any(cells):
                last, table.size = len(cells), table.size + 1
            if any(cells[width:]):
                raise Unreadable(message % {"row": number, "cells": len(cells), "columns": width})
    except csv.Error as error:
        raise Unreadable(_damaged(number + 1, error)) from error
    if 0 < last < width:
        raise Unreadable(message % {"row": number, "cells": last, "columns": width})


def _damaged(row: int, error: Exception) -> str:
    if "field larger" in str(error):
        message = _("A cell in row %(row)d is longer than %(size)d kB, or a quotation mark is not closed.")
        return message % {"row": row, "size": MOST_IN_A_CELL // 1024}
    if "expected after" in str(error):
        return _("In row %(row)d text follows a closing quotation mark: the file is damaged.") % {"row": row}
    log.info("row %d of a CSV is not read: %r", row, error)
    message = _(
        "Row %(row)d is damaged, or the file was cut off: a quotation mark is not closed, or a line breaks "
        "outside of quotation marks."
    )
    return message % {"row": row}


# --- workbooks -------------------------------------------------------------------------------


def _workbook(path: Path) -> Table:
    _look_into(path)
    try:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, OSError, ValueError, IndexError) as error:
        log.info("a workbook is not read: %r", error)
        message = _("The workbook is damaged, or made in a way that is not read here.")
        raise Unreadable(sheets.saved_again(message)) from error
    if not rows or not any(rows[0]):
        raise Unreadable(_("The first row of the first sheet is empty; it must name the columns."))
    for number, cells in enumerate(rows, start=1):
        if any(len(cell) > MOST_IN_A_CELL for cell in cells):
            message = _(
                "A cell in row %(row)d is longer than %(size)d kB, or a quotation mark is not closed."
            )
            raise Unreadable(message % {"row": number, "size": MOST_IN_A_CELL // 1024})
    return Table(path, _columns(rows[0]), size=sum(1 for cells in rows[1:] if any(cells)), _cells=rows)


def _look_into(path: Path) -> None:
    """Refuse a workbook that would unpack to more than it may, or whose sheets cannot be read."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MOST_UNPACKED or unpacked > MOST_TIMES_PACKED * max(path.stat().st_size, 2**14):
                message = _("The workbook would unpack to %(size)d MB. Save the table as CSV.")
                raise Unreadable(message % {"size": unpacked // 2**20})
            sheets.look_through(packed)
    except sheets.Unfit as error:
        raise Unreadable(str(error)) from error
    except (NotImplementedError, RuntimeError) as error:
        log.info("a workbook is not unpacked: %r", error)
        message = _("The workbook has a password, or is packed in a way that is not read here.")
        raise Unreadable(sheets.saved_again(message)) from error
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
        log.info("a workbook is not unpacked: %r", error)
        message = _("The workbook is damaged or was cut off: it cannot be unpacked.")
        raise Unreadable(sheets.saved_again(message)) from error


def _text(value: object) -> str:
    """The cell as a CSV would hold it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    # A zero byte, which a workbook can spell out as _x0000_, is stored nowhere.
    return str(value).replace("\0", "\N{REPLACEMENT CHARACTER}").strip()
