"""Cells as values: what is missing, dates at the precision that is known, codes, texts.

Nothing is guessed: what is not understood is noted, and left out.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from imports.records import Coded, Record, Row
from imports.vocabulary import Problem
from publishing.fields.clean_text import clean_line
from publishing.fields.invisible import refused_excerpts
from publishing.fields.partial_dates import PartialDate
from publishing.languages import PAGE_LANGUAGES

# What stands for nothing, in one dataset or another; zero does so in dates alone.
MISSING = frozenset({"", ".", "-1", "-9", "-99", "-999", "na", "n/a", "nan", "null", "none", "-"})
# Letters of a text that becomes a claim.
MOST_LETTERS = 500
ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?", re.ASCII)
MONTHS = 12
DAY, MONTH = "day", "month"
DAY_AND_MONTH = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})", re.ASCII)
YEAR_OR_MONTH = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?", re.ASCII)
DAMAGED = "\N{REPLACEMENT CHARACTER}"


def is_missing(text: str) -> bool:
    """Whether the cell says nothing."""
    return text.lower() in MISSING


def number(text: str) -> str:
    """A number without the point and zero that programs add: 2320 for "2320.0"; "" where it is missing."""
    bare = text.removesuffix(".0")
    return "" if is_missing(bare) else bare


def line(record: Record, column: str, text: str, *, most: int = MOST_LETTERS) -> str:
    """A text on one line, as long as it may be; what is wrong with it is noted."""
    if is_missing(text):
        return ""
    cleaned = clean_line(text)
    if DAMAGED in cleaned:
        record.note(column, Problem.DAMAGED, cleaned)
    if refused_excerpts(cleaned, but=()):
        record.note(column, Problem.UNSEEN, "".join(one if one.isprintable() else "▯" for one in cleaned))
        return ""
    if len(cleaned) > most:
        record.note(column, Problem.SHORTENED, cleaned[:80] + "…")
        return cleaned[: most - 1].rstrip() + "…"
    return cleaned


def written_date(record: Record, column: str, text: str, first: str = DAY) -> str | None:
    """A date as text: year, month and day, or day, month and year, or less than a day; None if unknown.

    first: what comes first where the year is last, as the dataset has it; "" where nobody said.
    """
    if is_missing(text):
        return None
    if match := ISO.fullmatch(text):
        return date_of(record, column, *match.groups())
    if match := DAY_AND_MONTH.fullmatch(text):
        if order := first or _only_order(*match.groups()[:2]):
            day, month = (match[1], match[2]) if order == DAY else (match[2], match[1])
            return date_of(record, column, match[3], month, day)
        record.note(column, Problem.EITHER_WAY, text)
        return None
    if match := YEAR_OR_MONTH.fullmatch(text):
        return date_of(record, column, match[1], match[2] or "", "")
    record.note(column, Problem.NO_DATE, text)
    return None


def _only_order(one: str, other: str) -> str:
    """What comes first, if only one of both numbers can be a month, or both are the same; else ""."""
    if int(one) > MONTHS or int(one) == int(other):
        return DAY
    return MONTH if int(other) > MONTHS else ""


def date_of(record: Record, column: str, year: str, month: str, day: str) -> str | None:
    """The date of three cells, at the precision that is known; None if the year is not."""
    parts = []
    for part in (year, month, day):
        if is_missing(number(part)) or number(part) == "0":
            break
        parts.append(number(part))
    if not parts:
        return None
    text = "-".join(parts)
    try:
        date = PartialDate.parse(text)
        # Whether the month has that day.
        return str(date) if date.latest else None
    except ValueError:
        record.note(column, Problem.NO_SUCH_DAY, text)
        return None


def coded(record: Record, column: str, code: str, words: Mapping[str, Any]) -> Coded | None:
    """What the column says by its code, also by one that nobody knows; None where it says nothing."""
    bare = number(code) if code not in words else code
    if bare == "":
        return None
    if bare not in words:
        record.note(column, Problem.UNKNOWN_CODE, bare)
        return Coded(f"{column} = {bare}"[:MOST_LETTERS])
    return Coded(f"{column} = {bare}", words[bare])


def agreed(record: Record, column: str, rows: Sequence[Row]) -> str:
    """What all rows of the record say in the column; "" where they disagree, which is noted."""
    texts = all_texts(column, rows)
    if len(texts) == 1:
        return texts[0]
    record.note(column, Problem.DISAGREE, " / ".join(one or "—" for one in texts))
    return ""


def all_texts(column: str, rows: Sequence[Row]) -> list[str]:
    """What the rows of the record say in the column, each once."""
    return list(dict.fromkeys(row[column] for row in rows))


@lru_cache(maxsize=5000)
def date_in_words(text: str) -> Mapping[str, str]:
    """The date in the languages of the pages, by language."""
    date = PartialDate(text)
    return MappingProxyType({language: date.in_words(language) for language in PAGE_LANGUAGES})
