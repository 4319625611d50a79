"""The form of a desk page as a browser holds it: read, typed into, sent.

A page of a case holds 600 boxes, and to make its HTML takes most of a test's time. So a `Sheet` reads the boxes
from the form that the page would show; `ShownSheet` reads them from the HTML, which tests then can look at.
"""

import uuid
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import urlencode

from django.core.files.base import File
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from publishing.models import Entry
from tests.desk.boxes import UNTYPED, Boxes, as_browsers_send, boxes_instead_of_html
from tests.whole_site.reading import told

AS_FORMS_ARE_SENT = "application/x-www-form-urlencoded"
NOTE = {"public_note": "A test wants it.", "note_language": "en", "override_reason": "A test wants it."}


class Fields:
    """The fields that a browser would send of the form `<kind>_form`: each name with a list of values."""

    def __init__(self, page: str) -> None:
        self.values: dict[str, list[str]] = {}
        self.inputs: dict[str, dict[str, str]] = {}
        self._in_form = False
        self._select = self._textarea = ""
        self._options: list[str] = []
        self._text = ""
        told(page, self)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "form":
            # Neither that which signs out, nor those of the comments below.
            others = attributes.get("id") == "logout-form" or "/comments/" in attributes.get("action", "")
            self._in_form = attributes.get("method") == "post" and not others
        if not self._in_form:
            return
        name, value = attributes.get("name", ""), attributes.get("value", "")
        if name:
            self.inputs[name] = {"tag": tag, **attributes}
        if tag == "input" and name and attributes.get("type") not in UNTYPED:
            if attributes.get("type") not in {"checkbox", "radio"}:
                self.values.setdefault(name, []).append(value)
            elif "checked" in attributes:
                self.values.setdefault(name, []).append(value or "on")
        elif tag == "select":
            self._select, self._options = name, []
            self._is_many = "multiple" in attributes
        elif tag == "option" and self._select:
            self._options.append(value)
            if "selected" in attributes:
                self.values.setdefault(self._select, []).append(value)
        elif tag == "textarea":
            self._textarea, self._text = name, ""

    def data(self, data: str) -> None:
        if self._textarea:
            self._text += data

    def end(self, tag: str) -> None:
        if tag == "form":
            self._in_form = False
        elif tag == "select" and self._select:
            if not self._is_many and self._select not in self.values and self._options:
                self.values[self._select] = self._options[:1]
            self._select = ""
        elif tag == "textarea" and self._textarea:
            # Browsers drop the line break after the tag, and send each line break as two characters.
            text = self._text.removeprefix("\r\n").removeprefix("\n")
            self.values[self._textarea] = [as_browsers_send(text)]
            self._textarea = ""

    def close(self) -> None:
        """Nothing is left to be read."""


class Sheet:
    """An add or change page that a test fills in and saves."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        self.values, self.inputs = self._read()

    def _read(self) -> tuple[dict[str, list[str]], dict[str, dict[str, str]]]:
        boxes = boxes_of(self.client, with_all_rows(self.address))
        return boxes.values, boxes.inputs

    @classmethod
    def of(cls, client: Client, entry: Entry, **typed: Any) -> Self:
        """The change page of the entry, with a note and the values filled in."""
        return cls(client, change_page(entry))._noted().type(**typed)

    @classmethod
    def new(cls, client: Client, kind: str, **typed: Any) -> Self:
        """The add page of the kind, with a note and the values filled in."""
        return cls(client, add_page(kind))._noted().type(**typed)

    def _noted(self) -> Self:
        """Fill in a note, and a reason to override rules if the form has that field."""
        return self.type(**{name: text for name, text in NOTE.items() if name in self.inputs})

    def type(self, **typed: Any) -> Self:
        """Fill in fields; None unticks a checkbox."""
        for name, value in typed.items():
            assert name in self.inputs, f"{name} is not in the form"
            self.values[name] = _sent(value)
        return self

    def add(self, rows: str, **typed: Any) -> Self:
        """Add a row and fill it in."""
        number = int(self.values[f"{rows}-TOTAL_FORMS"][0])
        blank = f"{rows}-__prefix__-"
        assert f"{blank}{next(iter(typed))}" in self.inputs, f"{rows} has no blank row"
        for name in [name for name in self.inputs if name.startswith(blank)]:
            fresh = name.replace("__prefix__", str(number))
            self.inputs[fresh] = self.inputs[name]
            if name in self.values:
                self.values[fresh] = self.values[name]
            if name == f"{blank}key":
                self.values[fresh] = [str(uuid.uuid4())]
        self.values[f"{rows}-TOTAL_FORMS"] = [str(number + 1)]
        return self.type(**{f"{rows}-{number}-{name}": value for name, value in typed.items()})

    def change(self, rows: str, key: Any, **typed: Any) -> Self:
        """Fill in fields of the row with that key."""
        at = self._place_of(rows, key)
        return self.type(**{f"{at}{name}": value for name, value in typed.items()})

    def delete(self, rows: str, key: Any) -> Self:
        """Tick the checkbox that deletes the row."""
        return self.type(**{f"{self._place_of(rows, key)}DELETE": "on"})

    def save(self, **more: Any) -> HttpResponse:
        """Send the form."""
        sent = {**self.values, **{name: _sent(value) for name, value in more.items()}}
        return send(self.client, self.address, sent)

    def _place_of(self, rows: str, key: Any) -> str:
        names = (name for name, value in self.values.items() if value == [str(key)])
        return next(name for name in names if name.startswith(f"{rows}-")).removesuffix("id")


class ShownSheet(Sheet):
    """A Sheet that also has the HTML of the page, in `answer`."""

    answer: Any

    def _read(self) -> tuple[dict[str, list[str]], dict[str, dict[str, str]]]:
        self.answer = self.client.get(with_all_rows(self.address))
        assert self.answer.status_code == 200, self.answer.status_code
        fields = Fields(self.answer.content.decode())
        return fields.values, fields.inputs


def send(client: Client, address: str, values: Mapping[str, list[Any]]) -> Any:
    """Send a form as browsers do: in parts where it has a file, else in one, which is read five times as fast."""
    if any(isinstance(value, File) for typed in values.values() for value in typed):
        return client.post(address, values)
    return client.post(address, urlencode(values, doseq=True), content_type=AS_FORMS_ARE_SENT)


def boxes_of(client: Client, address: str) -> Boxes:
    """The boxes of the form at the address, without its HTML."""
    with boxes_instead_of_html() as found:
        answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    [boxes] = found
    return boxes


def with_all_rows(address: str) -> str:
    """The address of the form with the boxes of every row."""
    return f"{address}{'&' if '?' in address else '?'}all=1"


def add_page(kind: str) -> str:
    """The address of the add page of the kind."""
    return reverse(f"admin:{_app_of(kind)}_{kind}_add")


def change_page(entry: Entry) -> str:
    """The address of the change page of the entry."""
    return reverse(f"admin:{_app_of(entry.kind)}_{entry.kind}_change", args=[entry.pk])


def list_page(kind: str) -> str:
    """The address of the list of entries of the kind."""
    return reverse(f"admin:{_app_of(kind)}_{kind}_changelist")


def _app_of(kind: str) -> str:
    return {
        "theme": "pillars",
        "term": "pillars",
        "pillar": "pillars",
        "source": "sources",
        "image": "sources",
        "page": "portal",
    }.get(kind, "cases")


def _sent(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(getattr(one, "pk", one)) for one in (value if isinstance(value, list) else [value])]
