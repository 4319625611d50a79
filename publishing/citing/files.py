"""Files that programs for bibliographies read: BibTeX, RIS and CSL-JSON."""

import datetime
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from publishing.citing.works import Work, casebook_name

# Braces are named: whoever reads BibTeX counts them, those behind a backslash too.
LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "$&#%_"},
}
# What ends a line, and what no line may hold.
BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# The names that babel and polyglossia give the languages.
LATEX_LANGUAGES = {"en": "english", "ar": "arabic", "fr": "french"}


@dataclass(frozen=True)
class CitationFile:
    """A kind of file: its name for readers, its ending, its media type, and what writes it.

    write takes the work, and the day on which it was read where the work has none of its own.
    """

    name: str
    ending: str
    media_type: str
    write: Callable[[Work, datetime.date | None], str]


def bibtex(work: Work, read_on: datetime.date | None) -> str:
    """An entry for BibTeX and biblatex."""
    fields = {
        "author": f"{{{_latex(casebook_name())}}}",
        "title": f"{{{_latex(work.title)}}}",
        "publisher": f"{{{_latex(casebook_name())}}}",
    }
    if work.day:
        fields |= {"year": str(work.day.year), "month": str(work.day.month), "date": work.day.isoformat()}
    if revision := _revision(work):
        fields |= {"version": str(work.number or work.publication), "note": _latex(revision)}
    fields["url"] = work.address
    if read_on:
        fields["urldate"] = read_on.isoformat()
    fields["langid"] = LATEX_LANGUAGES.get(work.language, work.language)
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{work.key},\n{lines}\n}}\n"


def ris(work: Work, read_on: datetime.date | None) -> str:
    """A reference in RIS, whose lines end as its specification has them."""
    tags: list[tuple[str, str]] = [
        ("TY", "ELEC"),
        ("ID", work.key),
        ("AU", casebook_name()),
        ("TI", work.title),
        ("T2", casebook_name()),
        ("PB", casebook_name()),
    ]
    if work.day:
        tags += [("PY", str(work.day.year)), ("DA", f"{work.day:%Y/%m/%d}")]
    if revision := _revision(work):
        tags.append(("ET", revision))
    if read_on:
        tags.append(("Y2", f"{read_on:%Y/%m/%d}"))
    tags += [("LA", work.language), ("UR", work.address), ("ER", "")]
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in tags)


def csl_json(work: Work, read_on: datetime.date | None) -> str:
    """An item as processors of the Citation Style Language take it."""
    item: dict[str, Any] = {
        "id": work.key,
        "type": "webpage",
        "title": _one_line(work.title),
        "author": [{"literal": casebook_name()}],
        "container-title": casebook_name(),
        "publisher": casebook_name(),
        "URL": work.address,
        "language": work.language,
    }
    if work.day:
        item["issued"] = _date_parts(work.day)
    if work.number or work.publication:
        item["version"] = str(work.number or work.publication)
    if read_on:
        item["accessed"] = _date_parts(read_on)
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


FILES = (
    CitationFile("BibTeX", "bib", "application/x-bibtex", bibtex),
    CitationFile("RIS", "ris", "application/x-research-info-systems", ris),
    CitationFile("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json),
)


def _revision(work: Work) -> str:
    """As of what it is cited; "" for what has no such number."""
    if work.number:
        return _("Revision %(number)s") % {"number": work.number}
    return _("As of publication %(number)s") % {"number": work.publication} if work.publication else ""


def _one_line(text: str) -> str:
    return BREAKS.sub(" ", text).strip()


def _latex(text: str) -> str:
    return "".join(LATEX.get(character, character) for character in _one_line(text))


def _date_parts(day: datetime.date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
