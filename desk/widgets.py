"""A list of choices that a hundred rows share."""

import re
from typing import Any

from django import forms

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
