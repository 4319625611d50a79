"""All errors of an entry's form in one list, each with a link to its input."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms.utils import ErrorDict
from django.utils.text import capfirst

from desk.typed_names import SEVERAL, UNKNOWN
from publishing.languages import columns_of_text
from publishing.rules import Unready
from publishing.snapshots import Path

# The inputs for refusals that are about no field, by code.
INPUTS_BY_CODE = {
    "no_note": "id_public_note",
    "may_not_override": "id_override_reason",
    "past": "id_publish_at_0",
}

# Codes of refusals that are notices, not errors.
NOTICES = frozenset({"typed", "unfinished", "opened"})


@dataclass(frozen=True)
class FormMistake:
    """An error: its text, the name of the field or row, and the id of the HTML element to correct it in."""

    text: str
    about: str = ""
    element_id: str = ""


def mistakes_in(context: dict[str, Any]) -> list[FormMistake]:
    """The errors of the whole form, in the order of the page; context: that of the admin's change form."""
    form, rows = context["adminform"].form, context["inline_admin_formsets"]
    refusal = getattr(form, "refusal", None)
    if refusal is not None and refusal.code == "opened":
        # Nobody asked yet whether it is right.
        return []
    return [
        *_of_rules(form, rows),
        *_of_form(form),
        *(mistake for inline in rows for mistake in _of_rows(inline)),
    ]


def forget_mistakes(context: dict[str, Any]) -> None:
    """Show no errors in a form that a button of it brought back: nobody asked yet whether it is right.

    Those of names that were looked up are an answer, and stay.
    """
    form, rows = context["adminform"].form, context["inline_admin_formsets"]
    for one in [form, *(row for inline in rows for row in inline.formset.forms)]:
        kept = {name: errors for name, errors in one.errors.as_data().items() if _is_answer(errors)}
        one._errors = ErrorDict()
        for name, errors in kept.items():
            one.add_error(name, errors)


def _is_answer(errors: list[Any]) -> bool:
    return any(error.code in {UNKNOWN, SEVERAL} for error in errors)


def notice_of(context: dict[str, Any]) -> str:
    """The notice above the form: that it shows an autosave, or was saved as one; else ""."""
    refusal = getattr(context["adminform"].form, "refusal", None)
    return refusal.message if refusal is not None and refusal.code in NOTICES else ""


def _of_rules(form: Any, rows: list[Any]) -> Iterator[FormMistake]:
    refusal = getattr(form, "refusal", None)
    if isinstance(refusal, Unready):
        for shortcoming in refusal.shortcomings:
            yield FormMistake(shortcoming.message, element_id=_element_id_of(shortcoming.about, form, rows))
    for text in form.non_field_errors():
        if refusal is None or text != refusal.message:
            yield FormMistake(text)
        elif not isinstance(refusal, Unready) and refusal.code not in NOTICES:
            yield FormMistake(text, element_id=INPUTS_BY_CODE.get(refusal.code, ""))


def _element_id_of(about: str, form: Any, rows: list[Any]) -> str:
    """The id of the input of the fact, or of the row; "" if the form has neither."""
    path = Path.parse(about, {inline.formset.model._meta.model_name for inline in rows})
    for inline in rows:
        if inline.formset.model._meta.model_name == path.row_kind:
            is_there = any(str(row.pk) == path.key for row in inline.formset.every_row)
            return f"row-{path.key}" if is_there else f"{inline.formset.prefix}-group"
    columns = [path.column, *columns_of_text(path.column)]
    return next((form[column].id_for_label for column in columns if column in form.fields), "")


def _of_form(form: Any) -> Iterator[FormMistake]:
    for name, errors in form.errors.items():
        if name in form.fields:
            for text in errors:
                yield FormMistake(text, capfirst(str(form[name].label)), form[name].id_for_label)


def _of_rows(inline: Any) -> Iterator[FormMistake]:
    name = capfirst(str(inline.opts.verbose_name))
    for text in inline.formset.non_form_errors():
        yield FormMistake(
            text, capfirst(str(inline.opts.verbose_name_plural)), f"{inline.formset.prefix}-group"
        )
    for number, form in enumerate(inline.formset.forms, start=1):
        yield from _of_row(f"{name} {number}", form, form.errors)


def _of_row(name: str, form: Any, errors: Mapping[str, Iterable[str]]) -> Iterator[FormMistake]:
    for field, texts in errors.items():
        for text in texts:
            if field in form.fields:
                yield FormMistake(text, f"{name}, {form[field].label}", form[field].id_for_label)
            else:
                yield FormMistake(text, name, form.prefix)
