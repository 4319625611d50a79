"""A pasted text as a table of cells: a spreadsheet's clipboard, a CSV file, lines that begin with a date."""

import re
from collections.abc import Iterable
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from publishing.fields.clean_text import clean_line, with_line_feeds
from publishing.fields.written_dates import MAX_LENGTH, NotADate, read_date

MAX_ROWS, MAX_COLUMNS, MAX_BYTES = 500, 40, 200_000
TAB, SEMICOLON, COMMA = "\t", ";", ","
MOST_OF = 0.6
# What stands between the date at the beginning of a line and the rest of it, with the spaces around it; so
# many of them may stand in the date itself, as in "Monday, 3 October, 2022 at 10:30".
AFTER_A_DATE = re.compile(r":|\s[-–—]\s|،|,\s")
MOST_IN_A_DATE = 6
CELL = {
    mark: re.compile(rf""""(?P<quoted>[^"]*+(?:""[^"]*+)*+)"(?=[{mark}\n]|\Z)|(?P<bare>[^{mark}\n]*)""")
    for mark in (TAB, SEMICOLON, COMMA)
}

Grid = list[list[str]]


def read_grid(text: str) -> Grid:
    """The cells of the lines that hold something, all lines of one length. Raises ValidationError."""
    if len(text.encode(errors="surrogatepass")) > MAX_BYTES:
        raise ValidationError(_("That is too much at once: at most 200 kB can be pasted."), code="long")
    lines = [[*map(clean_line, line)] for line in _lines(with_line_feeds(text))]
    lines = [line for line in lines if any(line)]
    if len(lines) > MAX_ROWS + 1:
        message = ngettext_lazy(
            "That is too much at once: at most %(most)s row can be pasted.",
            "That is too much at once: at most %(most)s rows can be pasted.",
            MAX_ROWS,
        )
        raise ValidationError(message, code="many", params={"most": MAX_ROWS})
    width = max(map(len, lines), default=0)
    if width > MAX_COLUMNS:
        raise ValidationError(_("It has too many columns."), code="wide")
    return _without_empty_columns([[*line, *[""] * (width - len(line))] for line in lines])


def _without_empty_columns(lines: Grid) -> Grid:
    kept = [number for number in range(len(lines[0]) if lines else 0) if any(line[number] for line in lines)]
    return [[line[number] for number in kept] for line in lines]


def _lines(text: str) -> Iterable[list[str]]:
    if TAB in text:
        return _parted(text, TAB)
    for mark in (SEMICOLON, COMMA):
        lines = [line for line in _parted(text, mark) if any(map(str.strip, line))]
        if len(lines) > 1 and len({*map(len, lines)}) == 1 and len(lines[0]) > 1:
            return lines
    lines = [_after_its_date(line) for line in text.split("\n") if line.strip()]
    dated = [line for line in lines if len(line) > 1]
    if len(dated) >= MOST_OF * len(lines):
        return [line if len(line) > 1 else ["", *line] for line in lines]
    return [[line] for line in text.split("\n")]


def _parted(text: str, mark: str) -> list[list[str]]:
    """As spreadsheets write it: a cell with a line break, or with the mark, stands in quotes.

    Quotes that do not end where a cell ends are part of what the cell says.
    """
    cell = CELL[mark]
    lines: list[list[str]] = [[]]
    at = 0
    while found := cell.match(text, at):
        quoted = found["quoted"]
        lines[-1].append(found["bare"] if quoted is None else quoted.replace('""', '"'))
        at = found.end() + 1
        if at > len(text):
            break
        if text[at - 1] == "\n":
            lines.append([])
    return lines


def _after_its_date(line: str) -> list[str]:
    """The date at the beginning, and the rest; the whole line where it begins with none."""
    line = line.strip()
    for found in islice(AFTER_A_DATE.finditer(line, 0, MAX_LENGTH + len(" - ")), MOST_IN_A_DATE + 1):
        try:
            read_date(line[: found.start()])
        except NotADate:
            continue
        return [line[: found.start()], line[found.end() :]]
    return [line]
