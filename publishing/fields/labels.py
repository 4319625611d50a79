"""The labels of choices, translated once for each language."""

from functools import cache
from typing import Any

from django.db import models
from django.utils.translation import get_language


class LabelsOnce:
    """A model whose `get_…_display` looks the label up, where Django translates the labels of all choices."""

    def _get_FIELD_display(self, field: models.Field) -> Any:
        value = getattr(self, field.attname)
        return _labels(field, get_language()).get(value, value)


@cache
def _labels(field: models.Field, language: str | None) -> dict[Any, str]:
    """The label of each choice of the column, in the language, which is the active one."""
    return {value: str(label) for value, label in field.flatchoices}
