"""Values in the reader's language."""

from typing import Any

from django.db import models

from publishing.comparison.columns import language_of, localized_value, name_of
from publishing.comparison.lines import NOTHING
from publishing.comparison.names import Names
from publishing.languages import LocalizedText
from publishing.models import Child
from publishing.models.entry import leads_to
from publishing.snapshots import ABSENT, Path


class Values:
    """The values of the snapshots in words."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.compared = names.compared

    def text(self, path: Path, value: Any) -> str:
        """The value in words, a whole row line by line; "" for ABSENT."""
        if not path.is_row or value is ABSENT:
            return str(self.localized(path, value))
        lines = ((path.at(name), self.text(path.at(name), cell)) for name, cell in value.items())
        return "\n".join(
            f"{name_of(self.compared.column(at))}: {text}"
            for at, text in lines
            if text and at.column != "position"
        )

    def localized(self, path: Path, value: Any) -> LocalizedText:
        """The value of a column or a member in words, and the language of the text."""
        if value is ABSENT or value is None or value == "":
            return NOTHING
        column = self.compared.column(path)
        if isinstance(column, models.ManyToManyField):
            return self.names.entry(path.member) if value else NOTHING
        if isinstance(column, models.ForeignKey):
            return self._pointed_at(column, value)
        if self.compared.is_about(path):
            return LocalizedText(self.names.fact(str(value)), "", is_fallback=False)
        if self.compared.is_text(path):
            return LocalizedText(
                str(value), language_of(column, self.compared.all_values(path)), is_fallback=False
            )
        return localized_value(column, value)

    def _pointed_at(self, column: models.ForeignKey, key: str) -> LocalizedText:
        if not leads_to(column, Child):
            return self.names.entry(key)
        row = Path(row_kind=column.related_model._meta.model_name or "", key=key)
        return LocalizedText(self.names.row(row), "", is_fallback=False)
