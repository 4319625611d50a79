"""Rows that buttons of the form add to it, with all that was typed: blank, like another, or pasted ones.

Such a button sends the whole form, which comes back; with a script nothing is sent (static/js/rows.js).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _

from desk.opened_rows import OPEN, OpenedRowsMixin, as_sent, sent_number
from desk.pasting.pasted import Pasted, forget, is_waiting
from desk.positions import NEW, POSITION, sent_order_of
from desk.typed_names import ASKED, NAMED

# What the button sends: what to do, and the formset, or the row of it by its number.
ADD, COPY, LOOK, PUT = "add", "copy", "look", "put"


class AddedRowsMixin(OpenedRowsMixin):
    """A formset with the rows that the buttons of its form add, counted and shown in their order."""

    # What was pasted, while somebody looks at it.
    pasted: Pasted | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.is_bound and OPEN in self.data:  # type: ignore[attr-defined]
            for pressed in self.data.getlist(OPEN):  # type: ignore[attr-defined]
                self.press(*pressed.partition(":")[::2])
        # The page has a blank row of all that is told to this formset later.
        self.__dict__.pop("empty_form", None)

    def press(self, verb: str, on: str) -> None:
        """Do what the button says, if it is one of this formset."""
        prefix, _dash, number = on.rpartition("-")
        if verb == ADD and on == self.prefix:  # type: ignore[attr-defined]
            self.append_row({})
        elif verb == COPY and prefix == self.prefix and number.isdecimal():  # type: ignore[attr-defined]
            self._append_copy(f"{on}-")
        elif verb in {LOOK, PUT} and on == self.prefix:  # type: ignore[attr-defined]
            self._paste(is_put=verb == PUT)

    def _paste(self, *, is_put: bool) -> None:
        """Show what is understood; put it among the rows only once nothing in it is doubtful."""
        data, prefix = self.data, self.prefix  # type: ignore[attr-defined]
        pasted = Pasted(self)
        if not (is_put and pasted.is_looked_at and pasted.may_be_put):
            self.pasted = pasted if is_waiting(data, prefix) else None
            return
        for values in [*pasted.values]:
            self.append_row(values)
        forget(data, prefix)

    def clean(self) -> None:
        """Refuse to leave behind what was pasted and is no row yet."""
        super().clean()  # type: ignore[misc]
        if OPEN not in self.data and is_waiting(self.data, self.prefix):  # type: ignore[attr-defined]
            self.pasted = self.pasted or Pasted(self)
            text = _("What you pasted is among the rows not yet: put it into the form, or empty the box.")
            raise ValidationError(text, code="pasted")

    def append_row(self, values: dict[str, list[str]]) -> None:
        """One more row, with these values in its boxes, and in the others what a blank row has."""
        data, prefix = self.data, self.prefix  # type: ignore[attr-defined]
        if (count := sent_number(data, f"{prefix}-TOTAL_FORMS")) is None:
            return
        blank = self.empty_form
        for bound in blank:
            if bound.name not in {DELETION_FIELD_NAME, blank._meta.model._meta.pk.name}:
                data.setlist(f"{prefix}-{count}-{bound.name}", values.get(bound.name, as_sent(bound)))
                for typed in (f"{bound.name}-{NAMED}", f"{bound.name}-{ASKED}"):
                    if typed in values:
                        data.setlist(f"{prefix}-{count}-{typed}", values[typed])
        data[f"{prefix}-TOTAL_FORMS"] = str(count + 1)
        # Django has read the number for the blank row.
        self.__dict__.pop("management_form", None)

    def _append_copy(self, begin: str) -> None:
        data = self.data  # type: ignore[attr-defined]
        values = {name.removeprefix(begin): data.getlist(name) for name in data if name.startswith(begin)}
        if values:
            self.append_row({**values, POSITION: [""]})

    @property
    def row_count(self) -> int:
        """How many rows there will be: without those that are to be deleted, with those that are new."""
        if not self.is_bound:  # type: ignore[attr-defined]
            return len(self.every_row)
        deleted = sum(self._is_deleted(form) for form in self.initial_forms)  # type: ignore[attr-defined]
        new = [form for form in self.extra_forms if not self._is_deleted(form)]  # type: ignore[attr-defined]
        return len(self.every_row) - deleted + len(new)

    def _is_deleted(self, form: Any) -> bool:
        return bool(self.data.get(form.add_prefix(DELETION_FIELD_NAME)))  # type: ignore[attr-defined]

    @property
    def sent_order(self) -> str:
        """The order that was sent, to be sent again."""
        return " ".join(sent_order_of(self.data, self.prefix))  # type: ignore[attr-defined]

    def in_order(self, opened: list[Any]) -> list[Any]:
        """The closed rows and those with boxes, as they stand below each other.

        opened: those with boxes, each with its `form`, in the order of the forms.
        """
        by_key: dict[str, Any] = {str(row.key): row for row in self.closed_rows}
        new = {}
        for row in opened:
            if row.form.instance._state.adding:
                new[f"{NEW}{row.form.prefix.rpartition('-')[2]}"] = row
            else:
                by_key[str(row.form.instance.pk)] = row
        stored = {key: by_key[key] for one in self.every_row if (key := str(one.pk)) in by_key}
        every = {**stored, **new}
        sent = [one for one in sent_order_of(self.data, self.prefix) if one in every]  # type: ignore[attr-defined]
        return [every[one] for one in dict.fromkeys([*sent, *every])]
