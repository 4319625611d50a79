"""What is known of a dataset before its file is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from imports.records import Record, Row


@dataclass(frozen=True)
class Scheme:
    """A dataset: its names, and how the rows of one record become that record.

    number: the column with the number of a record. catalogue: the scheme of those numbers, in
    `sources.vocabulary.Scheme`, or "". sources: how the addresses of its source begin. locator: what stands
    before the number where a claim says where it is read. actors: the catalogue of its numbers of actors.
    """

    name: str
    label: str
    number: str
    needs: tuple[str, ...]
    read: Callable[[Record, Sequence[Row]], None]
    catalogue: str = ""
    sources: str = ""
    release: str = ""
    slug: str = ""
    locator: str = ""
    actors: str = ""
    has_many_rows: bool = False
    # Columns of which other records may be refused as being the same.
    languages: tuple[str, ...] = field(default=("en",))
