"""The formats in which lists are files: one line for each, from which addresses, links and answers follow."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string

from exchange import formats
from exchange.columns import Column

Writer = Callable[[dict[str, Any], Sequence[Column], formats.Pages], Iterator[bytes]]


@dataclass(frozen=True)
class FileFormat:
    """A format of files. write: what the table is, its columns and its pages of rows, as bytes.

    of_lists: the lists that have it, where not all do. by_columns: a page is given as its columns, and
    not as its rows. A file that is_shown opens in the browser; others are downloaded. most_rows: how many it
    may have.
    """

    ending: str
    name: str
    media_type: str
    write: Writer
    of_lists: tuple[str, ...] = ()
    by_columns: bool = False
    with_prose: bool = True
    is_shown: bool = False
    most_rows: int | None = None
    parameters: str = ""

    @property
    def content_type(self) -> str:
        """The media type as a header says it."""
        return f"{self.media_type}{self.parameters}"


def _csv(about: dict[str, Any], columns: Sequence[Column], pages: formats.Pages) -> Iterator[bytes]:
    return formats.as_csv(columns, pages)


def _xlsx(about: dict[str, Any], columns: Sequence[Column], pages: formats.Pages) -> Iterator[bytes]:
    """Made when it is asked for; what makes it is loaded then."""
    yield import_string("exchange.workbooks.whole_xlsx")(about, columns, pages)


FORMATS = {
    one.ending: one
    for one in (
        FileFormat("csv", "CSV", "text/csv", _csv, by_columns=True, parameters="; charset=utf-8"),
        FileFormat(
            "xlsx",
            "Excel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _xlsx,
            # A workbook is made whole, and takes a processor three seconds for so many rows.
            most_rows=5_000,
        ),
        FileFormat("json", "JSON", "application/json", formats.as_json, is_shown=True),
        FileFormat(
            "geojson",
            "GeoJSON",
            "application/geo+json",
            formats.as_geojson,
            of_lists=("cases",),
            with_prose=False,
        ),
    )
}


def formats_of(name: str) -> list[FileFormat]:
    """The formats that the list of that name has."""
    return [one for one in FORMATS.values() if not one.of_lists or name in one.of_lists]
