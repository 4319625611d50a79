"""Rows of tables of entries, read in pages: each is a few finished statements, whatever its reader does."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, F
from django.utils.translation import override

from cases.filters.keys import AnyOf
from exchange.columns import ELSEWHERE, MANAGED, Column, columns_in_table, plain
from publishing.addresses import ANY_SLUG
from publishing.fields.partial_dates import PartialDateField
from publishing.models import Entry
from publishing.models.entry import leads_to
from sources.models import ExternalId

# So many rows are read at once, and then sent before the next are read.
PAGE = 500
KEY_BYTES = 16
Row = list[Any]
Apart = Sequence[tuple[int, Mapping[UUID, list[str]]]]
# Columns of which each value is a cell.
CELLS = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.DecimalField)


class Table:
    """The entries of one kind as rows, in one language.

    What is a cell as it is stored stays as it is; what a row points to is read with it, by its address.
    with_prose: with the long texts.
    """

    def __init__(self, kind: type[Entry], language: str, *, with_prose: bool = True) -> None:
        self.kind, self.language = kind, language
        content = [one for one in columns_in_table(kind) if with_prose or not one.is_long]
        self.columns: tuple[Column, ...] = (*MANAGED, *content, ELSEWHERE)
        members = {one.name: one for one in kind._meta.many_to_many}
        # By place in a row: what is read by a statement of its own; and how a value becomes a cell.
        self._apart = {
            place: members.get(one.of)
            for place, one in enumerate(self.columns)
            if one.of in members or one is ELSEWHERE
        }
        makes = ((place, self._make(one)) for place, one in enumerate(self.columns))
        self._makes = [(place, make) for place, make in makes if make and place not in self._apart]
        names = ["pk" if place in self._apart else one.of for place, one in enumerate(self.columns)]
        self._read = list(dict.fromkeys(["pk", *names]))
        self._cells = itemgetter(*(self._read.index(name) for name in names))

    def pages(self, keys: bytes) -> Iterator[list[Row]]:
        """The rows of the entries with these packed keys, in their order, page by page.

        An entry that was retracted meanwhile is left out.
        """
        for start in range(0, len(keys), PAGE * KEY_BYTES):
            with override(self.language):
                rows = self._rows(unpacked(keys[start : start + PAGE * KEY_BYTES]))
            yield rows

    def _rows(self, keys: Sequence[UUID]) -> list[Row]:
        entries = self.kind._default_manager.filter(pk__in=AnyOf(keys)).order_by()
        stored = entries.values_list(*(_as_stored(self.kind, name) for name in self._read))
        found = {values[0]: values for values in stored}
        apart = [
            (place, _numbers_elsewhere(keys) if field is None else _members_of(field, keys))
            for place, field in self._apart.items()
        ]
        return [self._row(found[key], apart) for key in keys if key in found]

    def _row(self, stored: tuple[Any, ...], apart: Apart) -> Row:
        cells = [*self._cells(stored)]
        for place, make in self._makes:
            cells[place] = make(cells[place])
        key = stored[0]
        for place, several in apart:
            cells[place] = several.get(key) or []
        return cells

    def _make(self, column: Column) -> Callable[[Any], Any] | None:
        """How what is stored becomes a cell of the column; None where it is one. Labels are found once."""
        if column.words is not None:
            with override(self.language):
                return {code: str(label) for code, label in column.words.items() if code != ""}.get
        if column.name == "page":
            with override(self.language):
                before, _slug, after = self.kind.address(ANY_SLUG).rpartition(ANY_SLUG)
            before = f"{settings.SITE_URL}{before}"
            return lambda slug: f"{before}{slug}{after}"
        if column.of == "pk":
            return str
        is_cell = isinstance(self.kind._meta.get_field(column.of), (*CELLS, models.ForeignKey))
        return None if is_cell else lambda value: plain(value, {})


def _as_stored(kind: type[Entry], name: str) -> Any:
    """What is read of the column: of what it points to the address, of a partial date its text."""
    if name == "pk":
        return name
    field = kind._meta.get_field(name)
    if leads_to(field, Entry):
        return f"{name}__slug"
    is_partial = isinstance(field, PartialDateField)
    return ExpressionWrapper(F(name), output_field=models.CharField()) if is_partial else name


def packed(found: models.QuerySet | Iterable[UUID]) -> bytes:
    """The keys of the entries, in their order: sixteen bytes each, so that a hundred thousand are little."""
    if isinstance(found, models.QuerySet):
        found = found.prefetch_related(None).values_list("pk", flat=True).iterator(chunk_size=2000)
    return b"".join(key.bytes for key in found)


def unpacked(keys: bytes) -> list[UUID]:
    """The keys that were packed."""
    return [UUID(bytes=keys[at : at + KEY_BYTES]) for at in range(0, len(keys), KEY_BYTES)]


def _members_of(field: Any, keys: Sequence[UUID]) -> Mapping[UUID, list[str]]:
    """The addresses of what the entries have in that set, in order."""
    own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    rows = field.remote_field.through._default_manager.filter(**{f"{own}__in": AnyOf(keys)})
    found: dict[UUID, list[str]] = defaultdict(list)
    for key, slug in rows.order_by(f"{other}__slug").values_list(f"{own}_id", f"{other}__slug"):
        found[key].append(slug)
    return found


def _numbers_elsewhere(keys: Sequence[UUID]) -> Mapping[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    numbers = ExternalId.objects.filter(entry_id__in=AnyOf(keys)).order_by("scheme", "value")
    for key, scheme, value in numbers.values_list("entry_id", "scheme", "value"):
        found[key].append(f"{scheme}:{value}")
    return found


def slugs_of(keys: set[Any]) -> dict[Any, str]:
    """The addresses of the entries with these keys."""
    return dict(Entry.objects.filter(pk__in=keys).values_list("pk", "slug")) if keys else {}
