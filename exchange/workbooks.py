"""Tables as workbooks, XLSX. Loaded where one is written, since few are and the library is large."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language_bidi, gettext
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from exchange import formats
from exchange.columns import Column

# XLSX has no larger cells.
MOST_CHARACTERS = 32_767


def whole_xlsx(about: dict[str, Any], columns: Sequence[Column], pages: formats.Pages) -> bytes:
    """A workbook of two sheets: what it is, and its rows; while they are written, they lie on disk."""
    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, {**options, "strings_to_numbers": False}) as book:
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        first, second = (book.add_worksheet(name) for name in (gettext("About"), gettext("Data")))
        for sheet in (first, second):
            if get_language_bidi():
                sheet.right_to_left()
        first.set_column(0, 0, 28)
        first.set_column(1, 2, 60, wrapped)
        _write_about(first, about, columns, bold)
        second.freeze_panes(1, 0)
        second.set_column(0, len(columns) - 1, 18)
        for number, column in enumerate(columns):
            second.write_string(0, number, column.name, bold)
        at = 0
        for page in pages:
            for at, row in enumerate(page, start=at + 1):  # noqa: B020 (the count goes on)
                for number, value in enumerate(row):
                    _write(second, at, number, value)
        second.autofilter(0, 0, at, len(columns) - 1)
    return file.getvalue()


def _write_about(sheet: Worksheet, about: dict[str, Any], columns: Sequence[Column], bold: Any) -> None:
    at = 0
    for name, value in about.items():
        text = (
            formats.SEPARATOR.join(f"{key}: {one}" for key, one in value.items())
            if isinstance(value, dict)
            else value
        )
        sheet.write_string(at, 0, name, bold)
        _write(sheet, at, 1, text)
        at += 1
    for column in columns:
        at += 1
        sheet.write_string(at, 0, column.name, bold)
        sheet.write_string(at, 1, column.label)
        sheet.write_string(at, 2, str(column.help))


def _write(sheet: Worksheet, at: int, number: int, value: Any) -> None:
    """Each cell with its type: what is text stays text."""
    if isinstance(value, bool):
        sheet.write_boolean(at, number, value)
    elif isinstance(value, (int, Decimal)):
        sheet.write_number(at, number, float(value))
    elif value is not None and (
        text := formats.SEPARATOR.join(value) if isinstance(value, list) else str(value)
    ):
        sheet.write_string(at, number, text[:MOST_CHARACTERS])
