"""The boxes of an add or change page, read from its form: to make its HTML takes most of a test's time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms.boundfield import BoundField
from django.template.response import SimpleTemplateResponse

UNTYPED = {"submit", "button", "image", "reset", "file"}


class Boxes:
    """The name and value of each box, as a browser would send it untouched."""

    def __init__(self, context: dict[str, Any]) -> None:
        self.values: dict[str, list[str]] = {}
        self.inputs: dict[str, dict[str, str]] = {}
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
            pasted = formset.pasted.text if formset.pasted else ""
            self._have(f"{formset.prefix}-paste", [as_browsers_send(pasted)])
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
            self._have(name, [as_browsers_send(text) if isinstance(widget, forms.Textarea) else text])

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


def as_browsers_send(text: str) -> str:
    """The text with line breaks as browsers send them."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def shown_in(context: dict[str, Any]) -> Iterator[BoundField]:
    """Every input that Django's admin templates would render."""
    yield from _in_fieldsets(context["adminform"])
    for formset in context["inline_admin_formsets"]:
        # Of the rows, pages say no more than how many there are.
        management = formset.formset.management_form
        yield from (management["TOTAL_FORMS"], management["INITIAL_FORMS"])
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
