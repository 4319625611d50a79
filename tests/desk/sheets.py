"""The form of a desk page as a browser holds it: read, typed into, sent.

A page of a case holds 600 boxes, and to make its HTML takes most of a test's time. So a `Sheet` reads the boxes
from the form that the page would show; `ShownSheet` reads them from the HTML, which tests then can look at.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any, Self
from unittest.mock import patch

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms.boundfield import BoundField
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import reverse

from publishing.models import Entry

UNTYPED = {"submit", "button", "image", "reset", "file"}
NOTE = {"public_note": "A test wants it.", "note_language": "en", "override_reason": "A test wants it."}


class Fields(HTMLParser):
    """The fields that a browser would send of the form `<kind>_form`: each name with a list of values."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.inputs: dict[str, dict[str, str | None]] = {}
        self._in_form = False
        self._select = self._textarea = ""
        self._options: list[str] = []
        self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "form":
            # Neither that which signs out, nor those of the comments below.
            others = attributes.get("id") == "logout-form" or "/comments/" in (attributes.get("action") or "")
            self._in_form = attributes.get("method") == "post" and not others
        if not self._in_form:
            return
        name, value = attributes.get("name") or "", attributes.get("value")
        if name:
            self.inputs[name] = {"tag": tag, **attributes}
        if tag == "input" and name and attributes.get("type") not in UNTYPED:
            if attributes.get("type") not in {"checkbox", "radio"}:
                self.values.setdefault(name, []).append(value or "")
            elif "checked" in attributes:
                self.values.setdefault(name, []).append(value or "on")
        elif tag == "select":
            self._select, self._options = name, []
            self._is_many = "multiple" in attributes
        elif tag == "option" and self._select:
            self._options.append(value or "")
            if "selected" in attributes:
                self.values.setdefault(self._select, []).append(value or "")
        elif tag == "textarea":
            self._textarea, self._text = name, ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in_form = False
        elif tag == "select" and self._select:
            if not self._is_many and self._select not in self.values and self._options:
                self.values[self._select] = self._options[:1]
            self._select = ""
        elif tag == "textarea" and self._textarea:
            # Browsers drop the line break after the tag, and send each line break as two characters.
            text = self._text.removeprefix("\r\n").removeprefix("\n")
            self.values[self._textarea] = [_lines(text)]
            self._textarea = ""


class Boxes:
    """The same names and values, read from the form object of an add or change page."""

    def __init__(self, context: dict[str, Any]) -> None:
        self.values: dict[str, list[str]] = {}
        self.inputs: dict[str, dict[str, str | None]] = {}
        for bound in shown_in(context):
            self._take(bound.field.widget, bound.html_name, bound.value())
            if bound.field.show_hidden_initial:
                self._take(bound.field.hidden_widget(), bound.html_initial_name, bound.value())
        for formset in context["inline_admin_formsets"]:
            self._have_of_rows(formset)
        if context["is_popup"]:
            self._have(context["is_popup_var"], ["1"])
        if context["to_field"]:
            self._have(context["to_field_var"], [context["to_field"]])

    def _have_of_rows(self, inline: Any) -> None:
        """The box for many rows at once, and the keys of new rows that can have sources."""
        formset = inline.formset
        if not hasattr(formset, "pasted"):
            return
        if inline.has_add_permission:
            self._have(f"{formset.prefix}-paste", [""])
        for row in inline if getattr(formset, "claims", None) else ():
            if row.form.instance._state.adding:
                is_blank = row.form.prefix.endswith("__prefix__")
                self._have(f"{row.form.prefix}-key", ["" if is_blank else str(row.form.instance.pk)])

    def _take(self, widget: forms.Widget, name: str, value: Any) -> None:
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget = widget.widget
        self._draw(widget.get_context(name, value, {})["widget"], widget)

    def _draw(self, drawn: dict[str, Any], widget: forms.Widget) -> None:
        """The names and values of a widget, from its context."""
        name = drawn["name"]
        if "subwidgets" in drawn:
            for part, of_part in zip(drawn["subwidgets"], widget.widgets, strict=True):  # type: ignore[attr-defined]
                self._draw(part, of_part)
        elif "optgroups" in drawn:
            self._have(name, _chosen(drawn, is_many=bool(widget.allow_multiple_selected)))  # type: ignore[attr-defined]
        elif drawn.get("type") == "checkbox":
            self._have(name, [drawn["value"] or "on"] if drawn["attrs"].get("checked") else [])
        elif drawn.get("type") in UNTYPED:
            self._have(name, [])
        else:
            text = drawn["value"] or ""
            self._have(name, [_lines(text) if isinstance(widget, forms.Textarea) else text])

    def _have(self, name: str, values: list[str]) -> None:
        self.inputs[name] = {}
        if values:
            self.values[name] = self.values.get(name, []) + values


def _chosen(drawn: dict[str, Any], *, is_many: bool) -> list[str]:
    """The selected values of a select; the first choice where one is required."""
    options = [option for _group, several, _at in drawn["optgroups"] for option in several]
    selected = [str(option["value"]) for option in options if option["selected"]]
    first = [] if is_many else [str(option["value"]) for option in options[:1]]
    return selected or first


def _lines(text: str) -> str:
    """The text with line breaks as browsers send them."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def shown_in(context: dict[str, Any]) -> Iterator[BoundField]:
    """Every input that Django's admin templates would render."""
    yield from _in_fieldsets(context["adminform"])
    for formset in context["inline_admin_formsets"]:
        yield from formset.formset.management_form
        for row in formset:
            yield from _in_fieldsets(row)
            if formset.formset.can_delete and formset.has_delete_permission:
                yield row.deletion_field().field
            if row.needs_explicit_pk_field():
                yield row.pk_field().field
            if fk_field := row.fk_field():
                yield fk_field.field


def _in_fieldsets(form: Any) -> Iterator[BoundField]:
    for fieldset in form:
        for line in fieldset:
            yield from (one.field for one in line if not one.is_readonly)


@contextmanager
def boxes_instead_of_html() -> Iterator[list[Boxes]]:
    """A list that gets the boxes of each form that is shown; its page stays empty.

    They are read at the moment at which the page would be made, because the tables may be others later.
    """
    found: list[Boxes] = []
    rendered = SimpleTemplateResponse.rendered_content

    def read(answer: SimpleTemplateResponse) -> str:
        if "adminform" not in (answer.context_data or {}):
            return rendered.fget(answer)  # type: ignore[attr-defined, no-any-return]
        found.append(Boxes(answer.context_data or {}))
        return ""

    with patch.object(SimpleTemplateResponse, "rendered_content", property(read)):
        yield found


class Sheet:
    """An add or change page that a test fills in and saves."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        self.values, self.inputs = self._read()

    def _read(self) -> tuple[dict[str, list[str]], dict[str, dict[str, str | None]]]:
        with boxes_instead_of_html() as found:
            answer = self.client.get(with_all_rows(self.address))
        assert answer.status_code == 200, answer.status_code
        [boxes] = found
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
        return self.client.post(self.address, {name: value for name, value in sent.items() if value})

    def _place_of(self, rows: str, key: Any) -> str:
        names = (name for name, value in self.values.items() if value == [str(key)])
        return next(name for name in names if name.startswith(f"{rows}-")).removesuffix("id")


class ShownSheet(Sheet):
    """A Sheet that also has the HTML of the page, in `answer`."""

    answer: Any

    def _read(self) -> tuple[dict[str, list[str]], dict[str, dict[str, str | None]]]:
        self.answer = self.client.get(with_all_rows(self.address))
        assert self.answer.status_code == 200, self.answer.status_code
        fields = Fields(self.answer.content.decode())
        return fields.values, fields.inputs


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
