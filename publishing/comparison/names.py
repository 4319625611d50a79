"""The names of facts, rows and entries in the reader's language."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from publishing import snapshots
from publishing.comparison.columns import name_of
from publishing.comparison.compared import ComparedSnapshots
from publishing.languages import LocalizedText, active_language, column_in, columns_of_text
from publishing.models import Child, Entry
from publishing.models.entry import leads_to, owner_of
from publishing.snapshots import Path

MAX_NAME_LENGTH = 80


class Names:
    """The names of what the compared snapshots contain."""

    def __init__(self, compared: ComparedSnapshots) -> None:
        self.compared = compared

    def label(self, path: Path) -> str:
        """The name of what the path leads to: "Provision “Withdrawal …”: strength"."""
        if not path.row_kind:
            return capfirst(name_of(self.compared.column(path)))
        row = f"{self.row_kind(path)} {_('“%(name)s”') % {'name': self.row(path)}}"
        return f"{row}: {name_of(self.compared.column(path))}" if path.column else row

    def row_kind(self, path: Path) -> str:
        """The name of the kind of row."""
        return capfirst(str(self.compared.rows[path.row_kind]._meta.verbose_name))

    def row(self, path: Path) -> str:
        """The name of the row; its key where no snapshot has the row."""
        values = self.compared.row_values(path)
        return self._row_of(self.compared.rows[path.row_kind], values) if values is not None else path.key

    def owner(self, path: Path) -> str:
        """The name of the row that this row belongs to; "" where it belongs to the entry."""
        model = self.compared.rows[path.row_kind]
        owner = owner_of(model)
        if not issubclass(owner, Child):
            return ""
        key = (self.compared.row_values(path) or {}).get(model.OF) or ""
        return self.label(Path(row_kind=owner._meta.model_name or "", key=key))

    def fact(self, about: str) -> str:
        """The name of the fact that a row is about; `about` is its path, without a language."""
        path = Path.parse(about, self.compared.rows)
        if path.row_kind:
            return self.label(path.row) if path.key else self.row_kind(path)
        for name in (path.column, *columns_of_text(path.column)):
            try:
                return capfirst(str(self.compared.column(Path(column=name)).verbose_name))
            except FieldDoesNotExist:
                continue
        return about

    def entry(self, key: str) -> LocalizedText:
        """The title of another entry."""
        entry = self.compared.entries.get(key)
        withdrawn = LocalizedText(_("(withdrawn)"), active_language(), is_fallback=False)
        return entry.title_localized if entry else withdrawn

    def _row_of(self, model: type[Child], values: dict[str, Any]) -> str:
        """The name of the row; the entries that it points to are not read from the database again."""
        withdrawn = Entry(**{column_in(active_language(), "title"): _("(withdrawn)")})
        try:
            row = snapshots.row_of(model, values)
            for column in snapshots.row_columns(model):
                if leads_to(column, Entry):
                    entry = self.compared.entries.get(values[column.name], withdrawn)
                    column.set_cached_value(row, entry)  # type: ignore[attr-defined]
            return Truncator(str(row)).chars(MAX_NAME_LENGTH)
        except (ObjectDoesNotExist, ValidationError):
            return str(withdrawn)
