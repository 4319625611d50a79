"""Which box each pasted column is for: by its head in any language, else by what its cells hold."""

import re
from collections.abc import Iterator, Sequence

from desk.pasting.boxes import (
    CHOICE,
    DATE,
    ENTRY,
    FLAG,
    HEADS_OF_OTHERS,
    NUMBER,
    TEXT,
    PasteBox,
)
from desk.pasting.grids import MOST_OF, Grid
from desk.pasting.values import Reader
from publishing.languages import active_language
from search.folding import folded

ARABIC = re.compile("[\u0620-\u064a]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
# The names of the columns are looked for in so many lines.
MOST_LINES_LOOKED_AT = 5
# So many cells of a column tell what it holds.
SAMPLE = 60
BY_CONTENT = (DATE, CHOICE, ENTRY, FLAG, NUMBER)

Matched = list[PasteBox | None]


def line_of_heads(grid: Grid, boxes: Sequence[PasteBox]) -> int | None:
    """Which line names columns, half of its cells at least; above it stand only titles, in one cell each."""
    known = frozenset().union(*(box.heads for box in boxes), *map(_names_of_sort, HEADS_OF_OTHERS))
    for number, line in enumerate(grid[:MOST_LINES_LOOKED_AT]):
        named = [cell for cell in line if cell]
        is_above = len(named) == 1 and len(line) > 1
        if sum(_head(cell) in known for cell in named) * 2 >= len(named) and not (number and is_above):
            return number
        if not is_above:
            return None
    return None


def _head(cell: str) -> str:
    """The name of a column as names are compared, without a colon behind it."""
    return folded(cell.rstrip(": \u00a0\u202f"))


def matched(head: Sequence[str], lines: Grid, boxes: Sequence[PasteBox], reader: Reader) -> Matched:
    """The box of each column, or None for what is left out. head: the names of the columns, if it has any."""
    width = len(lines[0]) if lines else len(head)
    columns = [[line[number] for line in lines if line[number]][:SAMPLE] for number in range(width)]
    found: Matched = [None] * width
    for find in (_by_own_name, _by_name_of_others):
        for number, name in enumerate(head):
            if name and found[number] is None:
                found[number] = find(_head(name), columns[number], _free(boxes, found))
    for number, cells in enumerate(columns):
        if found[number] is None and cells:
            found[number] = _by_content(cells, _free(boxes, found), reader)
    for number, cells in enumerate(columns):
        if found[number] is None and cells and not (head and head[number]):
            texts = (box for box in _free(boxes, found) if box.sort == TEXT and _is_of_language(box, cells))
            found[number] = next(texts, None)
    return found


def _free(boxes: Sequence[PasteBox], taken: Matched) -> list[PasteBox]:
    return [box for box in boxes if box not in taken]


def _by_own_name(name: str, cells: Sequence[str], boxes: Sequence[PasteBox]) -> PasteBox | None:
    named = [box for box in boxes if name in box.heads]
    in_language = [box for box in named if _is_of_language(box, cells)]
    return next(iter(in_language or named), None)


def _by_name_of_others(name: str, cells: Sequence[str], boxes: Sequence[PasteBox]) -> PasteBox | None:
    for sort in HEADS_OF_OTHERS:
        if name in _names_of_sort(sort):
            of_sort = (box for box in boxes if box.sort == sort and _is_of_language(box, cells))
            if found := next(of_sort, None):
                return found
    return None


def _names_of_sort(sort: str) -> frozenset[str]:
    return frozenset(folded(name.replace("_", " ")) for name in HEADS_OF_OTHERS[sort].split())


def _by_content(cells: Sequence[str], boxes: Sequence[PasteBox], reader: Reader) -> PasteBox | None:
    """The first box that understands most of the cells; numbers alone say nothing where several count."""
    for sort in BY_CONTENT:
        of_sort = [box for box in boxes if box.sort == sort]
        if sort in {NUMBER, FLAG} and len(of_sort) > 1:
            continue
        for box in of_sort:
            reader.look_up(box, cells)
            if sum(_understood(box, cells, reader)) >= MOST_OF * len(cells):
                return box
    return None


def _understood(box: PasteBox, cells: Sequence[str], reader: Reader) -> Iterator[bool]:
    for cell in cells:
        value = reader.read(box, cell)
        # A date of which the order is not known is a date, and a name that several have is a name.
        yield not value.doubt or (box.sort != CHOICE and bool(value.options))


def _is_of_language(box: PasteBox, cells: Sequence[str]) -> bool:
    """Whether the cells may be in the language of the box; a box without a language takes all."""
    if not box.language:
        return True
    text = " ".join(cells)
    if len(ARABIC.findall(text)) > len(LATIN.findall(text)):
        return box.language == "ar"
    return box.language == ("en" if active_language() == "ar" else active_language())
