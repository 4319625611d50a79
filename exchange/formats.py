"""Tables as bytes: CSV, JSON and GeoJSON, a page at a time."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from operator import itemgetter
from types import NoneType
from typing import Any

from exchange.columns import Column

# Spreadsheets take a text without it for one in the code page of their country.
BYTE_ORDER_MARK = "\ufeff"
SEPARATOR = "; "
# A cell that begins so is a formula to spreadsheets, also after spaces, quotes and marks that nobody sees.
FORMULA = frozenset("=+-@\t\r\n|%＝＋－＠﹢﹣﹦﹫−")
PASSED_OVER = " \u00a0\u3000\"'\ufeff\u200b\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
SUSPECT = FORMULA.union(PASSED_OVER)
BLOCK = 64 * 1024
FIRST = itemgetter(slice(1))
# How a value is written as a text, by its kind; and those of which no text is a formula, beside None.
AS_TEXTS: dict[type, Callable[[Any], str]] = {
    bool: {True: "true", False: "false"}.__getitem__,
    **dict.fromkeys((int, Decimal), str),
    list: SEPARATOR.join,
}
NUMBERS = frozenset({bool, int, Decimal, NoneType})

# Each page as its rows.
Pages = Iterable[Sequence[Sequence[Any]]]


def without_formula(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would calculate it."""
    return f"'{text}" if text.lstrip(PASSED_OVER)[:1] in FORMULA else text


def cell(value: Any) -> Any:
    """The value as a cell of a CSV file."""
    if type(value) is str:
        return without_formula(value) if value[:1] in SUSPECT else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return without_formula(SEPARATOR.join(value))
    return value


def as_csv(columns: Sequence[Column], pages: Iterable[Sequence[Sequence[Any]]]) -> Iterator[bytes]:
    """CSV as RFC 4180 has it, in UTF-8 with a byte order mark; each page as its columns.

    All is quoted: where a spreadsheet separates by semicolons, those in a text begin no cell of their own.
    Python's own writer, which asks each letter, takes ten times as long as to write column by column.
    """
    yield csv_of([column.name for column in columns], ())
    for page in pages:
        lines = map('","'.join, zip(*map(_texts, page), strict=True))
        # Lone halves of a pair of surrogates are no text; a column from elsewhere may hold them.
        yield "".join([f'"{line}"\r\n' for line in lines]).encode("utf-8", "replace")


def _texts(values: Sequence[Any]) -> Sequence[str]:
    """The values of a column as texts of a CSV file, in which quotation marks are doubled."""
    kinds = {*map(type, values)}
    texts = _of_one_kind(kinds - {NoneType}, values, has_gaps=NoneType in kinds)
    if texts is None:
        texts = [str(cell(one)) for one in values]
    elif not kinds <= NUMBERS and not SUSPECT.isdisjoint(map(FIRST, texts)):
        texts = [*map(without_formula, texts)]
    return [one.replace('"', '""') for one in texts] if '"' in "".join(texts) else texts


def _of_one_kind(kinds: set[type], values: Sequence[Any], *, has_gaps: bool) -> Sequence[str] | None:
    """The texts of a column that holds values of one kind besides None: what `cell` asks, asked once."""
    if kinds == {str}:
        return [one or "" for one in values] if has_gaps else values
    if not kinds:
        return [""] * len(values)
    make = AS_TEXTS.get(*kinds) if len(kinds) == 1 else None
    if make is None or not has_gaps:
        return make and [*map(make, values)]
    return ["" if one is None else make(one) for one in values]


def csv_of(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A whole CSV, as `as_csv` makes it."""
    written = io.StringIO(newline="")
    written.write(BYTE_ORDER_MARK)
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(head)
    writer.writerows([cell(value) for value in row] for row in rows)
    return written.getvalue().encode("utf-8", "replace")


def as_json(about: dict[str, Any], columns: Sequence[Column], pages: Pages) -> Iterator[bytes]:
    """One JSON object: what the table is, its columns, and its rows as objects."""
    names = [column.name for column in columns]
    described = [{"name": one.name, "title": one.label, "type": one.type} for one in columns]
    yield f'{{"about": {dumped(about)},\n"columns": {dumped(described)},\n"rows": ['.encode()
    yield from _joined(dumped(dict(zip(names, row, strict=True))) for page in pages for row in page)
    yield b"\n]}\n"


def as_geojson(about: dict[str, Any], columns: Sequence[Column], pages: Pages) -> Iterator[bytes]:
    """A FeatureCollection: each entry at its place, or at none where it is not known (RFC 7946)."""
    yield f'{{"type": "FeatureCollection", "about": {dumped(about)},\n"features": ['.encode()
    names = [column.name for column in columns]
    yield from _joined(dumped(_feature(dict(zip(names, row, strict=True)))) for page in pages for row in page)
    yield b"\n]}\n"


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    at = [row.pop("longitude"), row.pop("latitude")]
    place = None if None in at else {"type": "Point", "coordinates": at}
    return {"type": "Feature", "id": row.pop("id"), "geometry": place, "properties": row}


def _joined(texts: Iterable[str]) -> Iterator[bytes]:
    """The texts with commas between them, in blocks."""
    block, size, between = [], 0, "\n"
    for text in texts:
        block.append(f"{between}{text}")
        size, between = size + len(text), ",\n"
        if size > BLOCK:
            yield "".join(block).encode()
            block, size = [], 0
    yield "".join(block).encode()


def dumped(value: Any) -> str:
    """JSON in which every language can be read."""
    return ENCODER.encode(value)


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"JSON does not hold {type(value)}")


ENCODER = json.JSONEncoder(ensure_ascii=False, default=_number)
