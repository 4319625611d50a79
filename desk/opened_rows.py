"""Which rows of an entry stand in its form with all their boxes; every other row is one line, to be opened.

A form with all boxes of a long case has thousands of controls. A save sends what was opened, and leaves the
other rows as they are.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.http import Http404, HttpRequest, QueryDict
from django.template.response import TemplateResponse

from desk.addresses import parse_uuid
from desk.lines import Cell, cells, heads, is_by_date
from desk.positions import renumber
from publishing.models import Entry
from publishing.models.entry import leads_to
from publishing.numbers import parse_number
from publishing.snapshots import row_columns

# The query parameters that open all rows, or single ones; `OPEN` is also the button that opens one, or all,
# and keeps what is typed.
ALL, OPEN = "all", "_open"
EVERY_ROW = "all"
# The names of a request for the boxes of one row alone: its key, and its number in the form.
ROW, NUMBER = "row", "number"


@dataclass(frozen=True)
class OpenedRows:
    """The rows that are opened: all of them, or those with these keys."""

    are_all: bool = True
    keys: frozenset[uuid.UUID] = frozenset()

    def __contains__(self, key: uuid.UUID) -> bool:
        return self.are_all or key in self.keys


def opened_rows(request: HttpRequest) -> OpenedRows:
    """The rows that the request asks for, besides those that it sends."""
    asked = [*request.GET.getlist(ROW), *request.GET.getlist(OPEN), *request.POST.getlist(OPEN)]
    are_all = ALL in request.GET or EVERY_ROW in asked
    return OpenedRows(are_all, frozenset(key for one in asked if (key := parse_uuid(one)) is not None))


def stored_first(data: QueryDict, prefix: str) -> None:
    """Renumber the sent rows of a formset: those that are stored first, as formsets read them.

    A row that is opened after a new one was added stands behind it in the form.
    """
    total = sent_number(data, f"{prefix}-TOTAL_FORMS")
    if total is None:
        return
    is_stored = [bool(data.get(f"{prefix}-{number}-id")) for number in range(total)]
    order = sorted(range(total), key=lambda number: not is_stored[number])
    data[f"{prefix}-INITIAL_FORMS"] = str(sum(is_stored))
    if order == [*range(total)]:
        return
    renumber(data, prefix, {old: new for new, old in enumerate(order)})
    prefixes = {f"{prefix}-{old}-": f"{prefix}-{new}-" for new, old in enumerate(order)}
    renamed = {}
    for name in [name for name in data if name.startswith(f"{prefix}-")]:
        number, dash, rest = name.removeprefix(f"{prefix}-").partition("-")
        if dash and (begin := prefixes.get(f"{prefix}-{number}-")):
            renamed[f"{begin}{rest}"] = data.getlist(name)
            del data[name]
    for name, values in renamed.items():
        data.setlist(name, values)


def sent_number(data: QueryDict, name: str) -> int | None:
    """The number in a box that says how many rows there are."""
    return parse_number(data.get(name, ""), max_digits=4)


@dataclass(frozen=True)
class ClosedRow:
    """A row that is not opened: its key, and what stands in its line, with a note behind it."""

    key: uuid.UUID
    words: str
    cells: Sequence[Cell] = ()
    note: str = ""


class OpenedRowsMixin:
    """A formset with the boxes of the opened rows only."""

    opened = OpenedRows()
    # The columns, or texts, that stand in the line of a row; of none, the line is a sentence.
    line: ClassVar[tuple[str, ...]] = ()
    # What the lines of the rows say besides, by key.
    notes: Mapping[uuid.UUID, str] = {}

    def __init__(self, *args: Any, opened: OpenedRows | None = None, **options: Any) -> None:
        self.opened = opened or self.opened
        super().__init__(*args, **options)
        if self.is_bound:  # type: ignore[attr-defined]
            stored_first(self.data, self.prefix)  # type: ignore[attr-defined]
            self._add_opened()

    @cached_property
    def empty_form(self) -> Any:
        """The blank row: Django would make it anew wherever the page asks for it, six times in all."""
        return super().empty_form  # type: ignore[misc]

    @cached_property
    def every_row(self) -> list[Any]:
        """All rows of the entry, with the entries that their lines name."""
        rows = super().get_queryset()  # type: ignore[misc]
        named = [column.name for column in row_columns(rows.model) if leads_to(column, Entry)]
        return list(rows.select_related(*named) if named else rows)

    @property
    def row_count(self) -> int:
        """How many rows there are, opened or not."""
        return len(self.every_row)

    @cached_property
    def closed_rows(self) -> list[ClosedRow]:
        """The rows that have no boxes in the form."""
        shown = {form.instance.pk for form in self.initial_forms}  # type: ignore[attr-defined]
        return [
            ClosedRow(
                row.pk,
                "" if self.line else self.in_words(row),
                cells(row, self.line),
                self.notes.get(row.pk, ""),
            )
            for row in self.every_row
            if row.pk not in shown
        ]

    @property
    def heads(self) -> list[Cell]:
        """What stands above the lines."""
        return heads(self.model, self.line)  # type: ignore[attr-defined]

    @property
    def is_by_date(self) -> bool:
        """Whether the rows stand in the order of their dates."""
        return is_by_date(self.model)  # type: ignore[attr-defined]

    def in_words(self, row: Any) -> str:
        """What stands in the line of a closed row."""
        return str(row)

    def get_queryset(self) -> Any:
        """The rows with boxes, in the order of their forms."""
        if not self.is_bound:  # type: ignore[attr-defined]
            return [row for row in self.every_row if row.pk in self.opened]
        known = {str(row.pk): row for row in self.every_row}
        sent = (self._sent_key(number) for number in range(self.initial_form_count()))  # type: ignore[attr-defined]
        return [known.get(key) or self.model() for key in sent]  # type: ignore[attr-defined]

    def _sent_key(self, number: int) -> str:
        key = parse_uuid(self.data.get(f"{self.prefix}-{number}-id", ""))  # type: ignore[attr-defined]
        return str(key) if key is not None else ""

    def _add_opened(self) -> None:
        """Send what is stored of the rows that the button opened, as if they had been open before."""
        data, count = self.data, sent_number(self.data, f"{self.prefix}-TOTAL_FORMS")  # type: ignore[attr-defined]
        if OPEN not in data or count is None:
            return
        sent = {self._sent_key(number) for number in range(count)}
        for row in self.every_row:
            if row.pk in self.opened and str(row.pk) not in sent:
                form = self.form(instance=row, prefix=f"{self.prefix}-{count}")  # type: ignore[attr-defined]
                for bound in form:
                    data.setlist(bound.html_name, as_sent(bound))
                data[f"{self.prefix}-{count}-id"] = str(row.pk)  # type: ignore[attr-defined]
                count += 1
        data[f"{self.prefix}-TOTAL_FORMS"] = str(count)  # type: ignore[attr-defined]
        stored_first(data, self.prefix)  # type: ignore[attr-defined]


def as_sent(bound: BoundField) -> list[str]:
    """What a browser sends of the box if nobody touches it."""
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return ["on"] if value else []
    if isinstance(value, str) or value is None:
        return [value or ""]
    return [str(bound.field.prepare_value(value))]


def one_row(request: HttpRequest, context: dict[str, Any]) -> TemplateResponse:
    """The boxes of one row alone, with its number in the form, as the request asks; 404 if there is none.

    context: that of the admin's change form.
    """
    key, number = parse_uuid(request.GET[ROW]), parse_number(request.GET.get(NUMBER, ""), max_digits=4)
    for inline in context["inline_admin_formsets"]:
        for row in inline:
            if number is not None and row.original is not None and row.original.pk == key:
                row.form.prefix = f"{inline.formset.prefix}-{number}"
                row.form._bound_fields_cache.clear()
                shown = {"inline": inline, "row": row, "number": number}
                return TemplateResponse(request, "admin/publishing/entry/row.html", shown)
    raise Http404
