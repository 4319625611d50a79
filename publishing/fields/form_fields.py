"""Form fields for text of several lines."""

from typing import Any

from django import forms

from publishing.fields.columns import with_line_feeds


class MultilineField(forms.CharField):
    """A text of several lines; every way of ending a line is stored as one."""

    def to_python(self, value: Any) -> str:
        """The text with line feeds alone."""
        return with_line_feeds(super().to_python(value))
