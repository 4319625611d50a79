"""Form fields for text of several lines."""

from typing import Any

from django import forms


def with_line_feeds(text: str) -> str:
    """The text with every end of a line written as one line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class MultilineField(forms.CharField):
    """A text of several lines; every way of ending a line is stored as one."""

    def to_python(self, value: Any) -> str:
        """The text with line feeds alone."""
        return with_line_feeds(super().to_python(value) or "")
