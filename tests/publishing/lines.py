"""The lines of a comparison, as tests read them."""

from typing import Any

from publishing import comparison, snapshots
from publishing.comparison import Line, LineKind
from publishing.models import Entry
from publishing.snapshots import Snapshot
from tests.factories import key, publish_case


def lines_of(entry: Entry, after: Snapshot) -> list[Line]:
    """What changed from what is public, in words."""
    return comparison.lines_between(snapshots.freeze(entry), after)


def only(lines: list[Line]) -> Line:
    (line,) = lines
    return line


def part(line: Line, label: str) -> Line:
    return only([one for one in line.parts if one.label == label])


def as_text(line: Line) -> str:
    """What was removed and added, as "-old +new"."""
    if line.kind is LineKind.TEXT:
        signs = {"removed": "-", "added": "+"}
        return " ".join(
            f"{signs[segment.status]}{segment.text.strip()}"
            for segment in line.segments
            if segment.status in signs
        )
    return " ".join(f"{sign}{value}" for sign, value in (("-", line.old), ("+", line.new)) if value)


def a_case_with_provisions(*texts: str) -> tuple[Any, list[str]]:
    keys = [key() for _text in texts]
    rows = [
        {"id": key_of_row, "text_en": text, "position": position}
        for position, (key_of_row, text) in enumerate(zip(keys, texts, strict=True))
    ]
    return publish_case(rows={"provision": rows}), keys
