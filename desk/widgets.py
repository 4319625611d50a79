"""Widgets of the editors' forms: entries found by name, shared lists of choices, a day with a time."""

import re
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from desk.finding import BUT


class EntryAutocomplete(AutocompleteSelect):
    """The stock box that finds an entry by its name; a key that is none is refused and not looked up.

    but: the key of an entry that is not offered.
    """

    def __init__(self, *args: Any, but: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.but = but

    def get_url(self) -> str:
        """Where it asks."""
        return f"{super().get_url()}?{urlencode({BUT: self.but})}" if self.but else super().get_url()

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """Only for what can be a key."""
        return super().optgroups(name, _keys(self.field, value), attr)


class EntriesAutocomplete(AutocompleteSelectMultiple):
    """The same for several entries."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """Only for what can be a key."""
        return super().optgroups(name, _keys(self.field, value), attr)


def _keys(column: Any, values: Any) -> list[str]:
    """The values that the column's target takes as keys."""
    keys = []
    for value in values:
        try:
            column.target_field.to_python(value)
        except ValidationError:
            continue
        keys.append(value)
    return keys


# What stands in the names of the blank row that further ones are made of, where others have their number.
BLANK = "__prefix__"


class SharedChoices(forms.Select):
    """A list of choices in a row: it stands once on the page, in the blank row; others hold what is chosen.

    static/js/shared_choices.js brings the rest when somebody comes to the box. A hundred rows with the same
    long list would else be most of the page.
    """

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        """All in the blank row; elsewhere what is chosen."""
        groups = super().optgroups(name, value, attrs)
        if BLANK in name:
            return groups
        chosen = [(group, [one for one in options if one["selected"]], at) for group, options, at in groups]
        return [one for one in chosen if one[1]] or groups

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Where the whole list stands."""
        told = {} if BLANK in name else {"data-choices-of": re.sub(r"-\d+-", f"-{BLANK}-", name)}
        return super().get_context(name, value, {**(attrs or {}), **told})


def date_and_time() -> AdminSplitDateTime:
    """Two fields, each with a name of its own."""
    widget = AdminSplitDateTime()
    for part, name in zip(widget.widgets, (_("Date"), _("Time")), strict=True):
        part.attrs["aria-label"] = name
    return widget
