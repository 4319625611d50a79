"""Form fields for text of several lines."""

from typing import Any

from django import forms


def with_line_feeds(text: str) -> str:
    """The text with all line endings as line feeds."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class MultilineField(forms.CharField):
    """A text of several lines; all line endings become line feeds."""

    def to_python(self, value: Any) -> str:
        """The text with line feeds only."""
        return with_line_feeds(super().to_python(value) or "")
