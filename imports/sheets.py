"""What the sheets of a workbook hold: looked through, piece by piece, before anything is made of them.

What reads a workbook makes room for all cells up to its last one, filled or not, and writes a text once for
each cell that shows it; so a few bytes can ask for more memory than there is, which ends the process.
"""

import logging
import re
import zipfile
from array import array
from functools import cache
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

MOST_CELLS = 2_000_000
MOST_LETTERS = 256 * 1024 * 1024
PIECE = 1024 * 1024
REFERENCE = re.compile("([A-Za-z]{1,3})([1-9][0-9]{0,6})")
NUMBER = re.compile(r"[1-9][0-9]{0,6}")
INDEX = re.compile(r"\s*([0-9]{1,9})\s*")
# What a part holds that a sheet, or the list of shared texts, must hold, whatever the part is called.
OF_SHARED_TEXTS, OF_A_SHEET = (b"<sst", b":sst"), (b"sheetData",)
# Workbooks of other kinds, which would be read where a part of this one cannot be.
OF_OTHER_KINDS = frozenset({"content.xml", "xl/workbook.bin"})


class Unfit(Exception):
    """The workbook is not read; says why."""

    @classmethod
    def misplaced(cls, what: str) -> "Unfit":
        """A sheet does not hold what a sheet holds. what: as it stands there."""
        message = _("The workbook is damaged: a sheet has “%(what)s” where it does not belong.")
        return cls(saved_again(message % {"what": what}))


def saved_again(message: str) -> str:
    """The message, and what may help."""
    what_may_help = _("Open it in a spreadsheet program and save it again, or save it as CSV.")
    return f"{message} {what_may_help}"


def look_through(packed: zipfile.ZipFile) -> None:
    """Raise Unfit where a sheet is too large to be read, has formulas, or is no sheet."""
    names = {name.lower() for name in packed.namelist()}
    if "xl/workbook.xml" not in names or names & OF_OTHER_KINDS:
        raise Unfit(_("This is no workbook (.xlsx), and no CSV."))
    shared, sheets = _SharedTexts(), _Sheets()
    for marks, reader in ((OF_SHARED_TEXTS, shared), (OF_A_SHEET, sheets)):
        for part in packed.infolist():
            if _holds(packed, part, marks):
                reader.begin()
                _read(packed, part, reader)
        sheets.lengths = shared.lengths


def _holds(packed: zipfile.ZipFile, part: zipfile.ZipInfo, marks: tuple[bytes, ...]) -> bool:
    with packed.open(part) as opened:
        before = b""
        while piece := opened.read(PIECE):
            if any(mark in before + piece for mark in marks):
                return True
            before = piece[-16:]
    return False


def _read(packed: zipfile.ZipFile, part: zipfile.ZipInfo, reader: Any) -> None:
    # With namespaces, so that a name has one prefix at most.
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: reader.start(name.rpartition(" ")[2], attributes)
    parser.EndElementHandler = lambda name: reader.end(name.rpartition(" ")[2])
    parser.CharacterDataHandler = reader.read
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        with packed.open(part) as opened:
            while piece := opened.read(PIECE):
                parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        log.info("a part of a workbook is not read: %r", error)
        message = _(
            "The workbook is damaged: the text of one of its parts breaks off, or is not well formed."
        )
        raise Unfit(saved_again(message)) from error


def _refuse_doctype(*_declaration: Any) -> None:
    """No program writes one; its entities can make much of little."""
    message = _("The workbook holds a document type (DOCTYPE), which no spreadsheet program writes.")
    raise Unfit(saved_again(message))


class _SharedTexts:
    """The lengths of the texts that cells show by their numbers."""

    def __init__(self) -> None:
        self.lengths = array("L")
        self._at = 0

    def begin(self) -> None:
        """A list begins; of two lists, each text counts as long as the longer one."""
        self._at = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            if self._at == len(self.lengths):
                self.lengths.append(0)
            self._at += 1
            self._length = 0
            if self._at > MOST_CELLS:
                raise Unfit(_too_large())

    def read(self, text: str) -> None:
        if self._at:
            self._length += len(text)

    def end(self, name: str) -> None:
        if name == "si":
            self.lengths[self._at - 1] = max(self.lengths[self._at - 1], self._length)


class _Sheets:
    """The cells of all sheets; a cell without a value is none."""

    def __init__(self) -> None:
        self.lengths = array("L")
        self._cells = self._letters = 0

    def begin(self) -> None:
        """A sheet begins."""
        self._row, self._column, self._height, self._width = 1, 0, 0, 0
        self._cell: tuple[int, int] | None = None
        self._shows_shared, self._index = False, ""
        self._is_in_value = self._is_in_row = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a cell, or something in one."""
        is_nested = self._cell is not None or (name == "row" and self._is_in_row)
        if name in ("row", "c") and is_nested:
            raise Unfit.misplaced(f"<{name}>")
        if name == "row":
            self._is_in_row = True
            number = attributes.get("r", str(self._row))
            if not NUMBER.fullmatch(number):
                raise Unfit.misplaced(number[:20])
            self._row, self._column = int(number), 0
        elif name == "c":
            row, self._column = (
                _row_and_column(attributes["r"]) if "r" in attributes else (self._row, self._column + 1)
            )
            self._cell, self._shows_shared = (row, self._column), attributes.get("t", "").strip() == "s"
        elif self._cell is not None:
            self._fill(name, *self._cell)

    def _fill(self, name: str, row: int, column: int) -> None:
        if name == "f":
            raise Unfit(_("Cells of the workbook are formulas. Save it with their values alone, or as CSV."))
        self._height, self._width = max(self._height, row), max(self._width, column)
        self._cells += 1
        if max(self._cells, self._height * self._width) > MOST_CELLS:
            raise Unfit(_too_large())
        self._is_in_value, self._index = name == "v" and self._shows_shared, ""

    def read(self, text: str) -> None:
        """The number of a shared text."""
        if self._is_in_value:
            self._index += text

    def end(self, name: str) -> None:
        """A row, a cell or a value is at its end."""
        if name == "row":
            self._is_in_row = False
            self._row += 1
            self._column = 0
        elif name == "c":
            self._cell = None
        elif name == "v" and self._is_in_value:
            self._is_in_value = False
            found = INDEX.fullmatch(self._index)
            if found is None or int(found[1]) >= len(self.lengths):
                raise Unfit.misplaced(self._index[:20])
            self._letters += self.lengths[int(found[1])]
            if self._letters > MOST_LETTERS:
                message = _("The workbook would unpack to %(size)d MB. Save the table as CSV.")
                raise Unfit(message % {"size": self._letters // 2**20})


def _row_and_column(reference: str) -> tuple[int, int]:
    """The row and the column of a cell, from 1."""
    found = REFERENCE.fullmatch(reference)
    if found is None:
        raise Unfit.misplaced(reference[:20])
    return int(found[2]), _column(found[1])


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _too_large() -> str:
    message = _(
        "The sheets of the workbook reach over more than %(count)d cells, empty ones among them. "
        "Save the table as CSV."
    )
    return message % {"count": MOST_CELLS}
