"""What the desk's own pages show: panels of what to do now, and saved filters."""

from functools import partial
from typing import Any

from django import template
from django.db.models import Q

from desk import panels
from desk.first_hour import first_hour
from desk.hooks import Panel
from desk.lines import in_language_of_row
from desk.pasting.pasted import Pasted, PastedCell, PastedColumn, PastedRow
from publishing.languages import language_names
from publishing.models import SavedFilter
from publishing.people import display_name

register = template.Library()


@register.simple_tag
def desk_panels(user: Any) -> dict[str, list[Panel]]:
    """The panels of what the person should do now, as `to_do`, and those that only tell, as `news`."""
    found = panels.panels_for(user)
    return {
        "to_do": [panel for panel in found if not panel.is_news],
        "news": [panel for panel in found if panel.is_news],
    }


register.simple_tag(first_hour, name="first_hour")


@register.simple_tag
def worker_state(user: Any) -> panels.WorkerState | None:
    """For administrators, when the worker last ran."""
    return panels.worker_state(user)


@register.simple_tag
def heads_state(user: Any) -> panels.WorkerState | None:
    """For administrators, that the head of the chain is not signed."""
    return panels.heads_state(user)


@register.simple_tag
def rows_of_form(inlines: Any) -> str:
    """The prefix of each formset of a form, with the kind of its rows, for the script."""
    return " ".join(f"{one.formset.prefix}:{one.formset.model._meta.model_name}" for one in inlines)


@register.filter
def rows_in_order(inline: Any) -> list[Any]:
    """The rows of a Django's InlineAdminFormSet below each other: closed ones, and those with boxes."""
    forms = {*map(id, inline.formset.forms)}
    opened = [row for row in inline if id(row.form) in forms]
    for row in opened:
        if row.original is None:
            row.fieldsets = in_language_of_row(row.fieldsets, partial(_is_filled, row.form))
    return inline.formset.in_order(opened)


def _is_filled(form: Any, box: str) -> bool:
    return box in form.fields and bool(form[box].value())


@register.filter
def number_of_row(row: Any) -> str:
    """The number of a row with boxes among the forms."""
    return row.form.prefix.rpartition("-")[2]


@register.filter
def date_order_of(pasted: Pasted, column: PastedColumn) -> str:
    """What was chosen to come first in the dates of the column: the day or the month."""
    return pasted.date_order_of(column)


@register.filter
def century_of(pasted: Pasted, column: PastedColumn) -> str:
    """The century that was chosen for the years of two digits in the column."""
    return pasted.century_of(column)


@register.filter
def cells_of(row: PastedRow, pasted: Pasted) -> list[PastedCell | None]:
    """The cells of the row below all columns; None below those that are left out."""
    cells = iter(row.cells)
    return [next(cells) if column.box is not None else None for column in pasted.columns]


@register.filter
def says_something(fieldset: Any) -> bool:
    """Whether a box of one of Django's Fieldsets holds something that a blank one would not."""
    return any(
        bound.value() not in (None, "", bound.field.initial)
        for bound in (one.field for line in fieldset for one in line if not one.is_readonly)
    )


@register.filter
def at(mapping: dict[str, Any], key: str) -> Any:
    """The value of the key in a dictionary."""
    return mapping[key]


register.filter("called", display_name)
register.filter("languages_in_words", language_names)


@register.simple_tag
def saved_filters(user: Any, list_name: str) -> list[tuple[SavedFilter, bool]]:
    """The person's own filters of the list and those that others share, each with whether it is their own."""
    own_or_shared = Q(by=user.pk) | Q(is_shared=True)
    found = SavedFilter.objects.filter(own_or_shared, list_name=list_name).select_related("by")
    return [(saved, saved.by == user) for saved in found]
