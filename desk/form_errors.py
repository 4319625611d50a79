"""What is wrong in an entry's form, all in one place: each mistake with the way to where it is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from publishing.languages import columns_of_text
from publishing.rules import Unready
from publishing.snapshots import Path

# Where one mends what a rule says of no field.
PLACES = {"no_note": "id_public_note", "may_not_override": "id_override_reason", "past": "id_publish_at_0"}

# What the form says of itself, and nothing that is wrong.
NOTICES = frozenset({"typed", "unfinished"})


@dataclass(frozen=True)
class FormMistake:
    """What is wrong; which fact or row it is about, and the id of the place where it is mended, if any."""

    text: str
    about: str = ""
    place: str = ""


def mistakes_in(context: dict[str, Any]) -> list[FormMistake]:
    """Of the whole form, in the order of the page; context: that of the stock change form."""
    form, rows = context["adminform"].form, context["inline_admin_formsets"]
    return [*_of_rules(form, rows), *_of_form(form), *(one for inline in rows for one in _of_rows(inline))]


def notice_of(context: dict[str, Any]) -> str:
    """What the form says of itself: that it shows what was typed, or keeps it."""
    refusal = getattr(context["adminform"].form, "refusal", None)
    return refusal.message if refusal is not None and refusal.code in NOTICES else ""


def _of_rules(form: Any, rows: list[Any]) -> Iterator[FormMistake]:
    refusal = getattr(form, "refusal", None)
    if isinstance(refusal, Unready):
        for one in refusal.shortcomings:
            yield FormMistake(one.message, place=_place_of(one.about, form, rows))
    for text in form.non_field_errors():
        if refusal is None or text != refusal.message:
            yield FormMistake(text)
        elif not isinstance(refusal, Unready) and refusal.code not in NOTICES:
            yield FormMistake(text, place=PLACES.get(refusal.code, ""))


def _place_of(about: str, form: Any, rows: list[Any]) -> str:
    """The box of the fact, or the row."""
    path = Path.parse(about, {inline.formset.model._meta.model_name for inline in rows})
    for inline in rows:
        if inline.formset.model._meta.model_name == path.row_kind:
            row = next((one for one in inline.formset.forms if str(one.instance.pk) == path.key), None)
            return row.prefix if row else f"{inline.formset.prefix}-group"
    columns = [path.column, *columns_of_text(path.column)]
    return next((form[one].id_for_label for one in columns if one in form.fields), "")


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
