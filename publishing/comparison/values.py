"""What values say in the reader's language."""

from typing import Any

from django.db import models

from publishing.comparison.columns import language_of, name_of, plain_words
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
        self.shown = names.shown

    def text(self, path: Path, value: Any) -> str:
        """The value, of a whole row line by line; nothing for what is not there."""
        if not path.is_row or value is ABSENT:
            return str(self.spoken(path, value))
        lines = ((path.at(name), self.text(path.at(name), one)) for name, one in value.items())
        return "\n".join(
            f"{name_of(self.shown.column(at))}: {text}"
            for at, text in lines
            if text and at.column != "position"
        )

    def spoken(self, path: Path, value: Any) -> LocalizedText:
        """The value of a column or a member, and the language that it is in."""
        if value is ABSENT or value is None or value == "":
            return NOTHING
        column = self.shown.column(path)
        if isinstance(column, models.ManyToManyField):
            return self.names.entry(path.member) if value else NOTHING
        if isinstance(column, models.ForeignKey):
            return self._pointed_at(column, value)
        if self.shown.is_about(path):
            return LocalizedText(self.names.fact(str(value)), "", is_fallback=False)
        if self.shown.is_text(path):
            return LocalizedText(
                str(value), language_of(column, self.shown.values_beside(path)), is_fallback=False
            )
        return plain_words(column, value)

    def _pointed_at(self, column: models.ForeignKey, key: str) -> LocalizedText:
        if not leads_to(column, Child):
            return self.names.entry(key)
        row = Path(row_kind=column.related_model._meta.model_name or "", key=key)
        return LocalizedText(self.names.row(row), "", is_fallback=False)
