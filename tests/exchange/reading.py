"""Reads what lists send, as programs do."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from django.test import Client

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sent(client: Client, address: str, status: int = 200) -> bytes:
    """The body, however it is sent."""
    answer: Any = client.get(address)
    assert answer.status_code == status, answer.status_code
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def rows_of_csv(client: Client, address: str) -> list[dict[str, str]]:
    """The rows, by the names of their columns."""
    text = sent(client, address).decode("utf-8-sig")
    return [*csv.DictReader(io.StringIO(text, newline=""))]


def loaded(client: Client, address: str, status: int = 200) -> Any:
    """What the JSON says."""
    return json.loads(sent(client, address, status))


def cells(workbook: bytes, sheet: int) -> list[list[tuple[str, str]]]:
    """Of each row its cells, as their type in the file and their text; of an empty one neither."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        root = ElementTree.fromstring(file.read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314 (our own)
    rows = []
    for row in root.iter(f"{MAIN}row"):
        found = {_place(cell): (cell.get("t", "n"), "".join(cell.itertext())) for cell in row}
        rows.append([found.get(place, ("", "")) for place in range(max(found) + 1)])
    return rows


def bytes_of(folder: Path) -> dict[str, bytes]:
    """All files of the folder, by their paths in it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _place(cell: ElementTree.Element) -> int:
    """The number of the column in a reference such as AB12, from 0."""
    place = 0
    for letter in cell.get("r", "").rstrip("0123456789"):
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
