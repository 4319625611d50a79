"""The plain questions of a list, as they stand in its address."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst

PAGE, ORDER = "page", "order"


class Questions(forms.Form):
    """What is asked of a list; what is not understood is said, and passed over."""

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.query = query
        for field in self.fields.values():
            field.required = False

    @property
    def answers(self) -> dict[str, Any]:
        """What is asked and understood, by question."""
        return {name: value for name, value in self._cleaned.items() if value}

    @property
    def in_words(self) -> Iterator[tuple[str, str]]:
        """The same in words: each question with its answer, but those that only order."""
        for name, value in self.answers.items():
            field: Any = self.fields[name]
            if name != ORDER:
                label = field.label or capfirst(name)
                yield str(label), str(dict(getattr(field, "choices", ())).get(value, value))

    @property
    def not_understood(self) -> Iterator[tuple[str, str]]:
        """What stands in the address and was passed over: the name and the value."""
        understood = self._cleaned.keys()
        for name, values in self.query.lists():
            if name == PAGE:
                continue
            # Of several values the last counts.
            is_read = name in understood
            yield from ((name, value) for value in (values[:-1] if is_read else values) if value)

    @property
    def _cleaned(self) -> dict[str, Any]:
        return self.cleaned_data if self.errors is not None else {}
