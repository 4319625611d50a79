"""Widgets of the editors' forms: autocomplete for entries, shared choices, date and time."""

import re
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.finding import BUT
from desk.typed_names import NamedBoxMixin
from publishing.fields.boxes import box_options
from publishing.fields.form_fields import uncut


class CleanBoxesMixin:
    """An admin whose boxes keep what was meant, and cut nothing of what is pasted."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The stock box, of the casebook's kind."""
        options = {**box_options(db_field), **kwargs}
        field = super().formfield_for_dbfield(db_field, request, **options)  # type: ignore[misc]
        if field is not None:
            uncut(field.widget)
        return field


class EntryAutocomplete(NamedBoxMixin, AutocompleteSelect):
    """Django's autocomplete, for an entry; values that are no valid key are not looked up.

    but: the key of an entry that is not offered.
    """

    def __init__(self, *args: Any, but: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.but = but

    def get_url(self) -> str:
        """Where it asks."""
        return f"{super().get_url()}?{urlencode({BUT: self.but})}" if self.but else super().get_url()

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """The options of the valid keys."""
        return super().optgroups(name, _keys(self.field, value), attr)


class EntriesAutocomplete(NamedBoxMixin, AutocompleteSelectMultiple):
    """As EntryAutocomplete, for several entries."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """The options of the valid keys."""
        return super().optgroups(name, _keys(self.field, value), attr)


def _keys(column: Any, values: Any) -> list[str]:
    """The values that are valid keys of the model that the column points to."""
    keys = []
    for value in values:
        try:
            column.target_field.to_python(value)
        except ValidationError:
            continue
        keys.append(value)
    return keys


# In the names of the empty form of a formset; other forms have their number there.
BLANK = "__prefix__"


class SharedChoices(forms.Select):
    """A select in a row: only that of the blank row has all choices, the others have the selected one.

    static/js/shared_choices.js adds the other choices when the select gets the focus. Otherwise a hundred
    rows with the same long list would be most of the page.
    """

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        """All choices in the blank row; in other rows the selected one."""
        groups = super().optgroups(name, value, attrs)
        if BLANK in name:
            return groups
        selected = [
            (group, [option for option in options if option["selected"]], index)
            for group, options, index in groups
        ]
        return [group for group in selected if group[1]] or groups

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the name of the select with all choices."""
        reference = {} if BLANK in name else {"data-choices-of": re.sub(r"-\d+-", f"-{BLANK}-", name)}
        return super().get_context(name, value, {**(attrs or {}), **reference})


def date_and_time() -> AdminSplitDateTime:
    """A widget with two inputs, each with its own label."""
    widget = AdminSplitDateTime()
    for part, name in zip(widget.widgets, (_("Date"), _("Time")), strict=True):
        part.attrs["aria-label"] = name
    return widget
