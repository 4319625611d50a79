"""A record of a dataset, normalised: what it says, what of it the casebook has a word for, what is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from imports.vocabulary import REFUSED, Problem

# Stands in names of records for the name that the casebook has for the place.
PLACE = "{place}"


class Note(NamedTuple):
    """What is wrong with a cell: its row and column, as in a spreadsheet, and what stands there."""

    row: int
    column: str
    problem: Problem
    value: str = ""

    @property
    def refuses(self) -> bool:
        """Whether the record is not proposed for it."""
        return self.problem in REFUSED

    @property
    def text(self) -> str:
        """What is wrong, in words."""
        return str(self.problem.label) % {"value": f"\u2068{self.value}\u2069"}


class Coded(NamedTuple):
    """What a dataset says of a fact: in its own words, and as the casebook would say it, or None."""

    written: str
    value: Any = None


class Country(NamedTuple):
    """A country, by whichever of these the dataset gives."""

    name: str = ""
    gw_number: int | None = None
    iso_code: str = ""
    column: str = ""

    @property
    def word(self) -> str:
        """What the dataset calls it; "" where that is a number, which tells readers nothing."""
        return "" if self.name.isdecimal() else self.name


class Party(NamedTuple):
    """An actor in a role, as the dataset names it."""

    name: str
    role: str
    number: str = ""
    column: str = ""


@dataclass
class Record:
    """One record, of one or more rows. names: its title by language, or "en" alone.

    numbers: the numbers that it has, or refers to, in catalogues of the field. remarks: what is said of it
    as a whole.
    """

    number: str
    rows: list[int]
    names: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Coded] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)
    countries: list[Country] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    # Names, with their numbers, of which nobody has said who is meant.
    asked: list[tuple[str, str]] = field(default_factory=list)
    # The last day of which the dataset knows.
    known_until: str = ""

    def note(self, column: str, problem: Problem, value: str = "") -> None:
        """Note what is wrong with a column of the record, at its first row."""
        self.notes.append(Note(self.rows[0], column, problem, value[:200]))

    @property
    def is_refused(self) -> bool:
        """Whether it is reported, and not proposed."""
        return any(one.refuses for one in self.notes)


class Row:
    """The cells of one row, by the names of their columns."""

    def __init__(self, number: int, columns: Iterable[str], cells: Iterable[str]) -> None:
        self.number = number
        self._cells = dict(zip(columns, cells, strict=False))

    def __getitem__(self, column: str) -> str:
        return self._cells.get(column, "")
