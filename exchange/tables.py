"""Rows of tables of entries, read in pages: each is a few finished statements, whatever its reader does."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, models
from django.db.models import ExpressionWrapper, F, Value
from django.db.models.functions import Concat
from django.utils.translation import override

from cases.filters.keys import parameter_of
from exchange.columns import ELSEWHERE, MANAGED, Column, columns_in_table, plain
from exchange.stored import ANY, AsText, ByKeys, address_of_key, moment_as_text
from publishing.addresses import ANY_SLUG
from publishing.fields.partial_dates import PartialDateField
from publishing.models import Entry
from publishing.models.entry import leads_to
from sources.models import ExternalId

# So many rows are read at once, and then sent before the next are read.
PAGE = 500
KEY_BYTES = 16
Row = Sequence[Any]
# The values of one column, a page of them; and how they become cells.
Values = Sequence[Any]
Make = Callable[[Values], Values]
KEY = models.UUIDField()
NONE: list[str] = []
# Columns of which each value is a cell.
CELLS = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.DecimalField)
# Columns whose values need nothing of what Django does with them, which takes longer than to read them.
AS_STORED = (PartialDateField, models.BooleanField)


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
        # What is read by a statement of its own, by the name of the column.
        self._apart = {
            one.of: ByKeys(_numbers_elsewhere() if one is ELSEWHERE else _members_of(members[one.of]))
            for one in self.columns
            if one.of in members or one is ELSEWHERE
        }
        self._read = [*dict.fromkeys(["pk", *(one.of for one in self.columns if one.of not in self._apart)])]
        entries = kind._default_manager.filter(pk__in=ANY).order_by()
        self._entries = ByKeys(entries.values_list(*(_as_stored(kind, name) for name in self._read)))
        self._makes = [(one.of, self._make(one)) for one in self.columns]

    def pages(self, keys: bytes) -> Iterator[Sequence[Row]]:
        """The rows of the entries with these packed keys, in their order, page by page.

        An entry that was retracted meanwhile is left out.
        """
        for columns in self.pages_of_columns(keys):
            yield [*zip(*columns, strict=True)]

    def pages_of_columns(self, keys: bytes) -> Iterator[Sequence[Values]]:
        """The same as columns, as they are made: what is asked of a value is then asked once of a page."""
        for start in range(0, len(keys), PAGE * KEY_BYTES):
            yield self._made(_digits(keys[start : start + PAGE * KEY_BYTES]))

    def _made(self, keys: list[str]) -> list[Values]:
        """The columns of these entries; none where there are no entries."""
        wanted = parameter_of(keys, connection.vendor)
        found = {values[0]: values for values in self._entries.rows(wanted)}
        in_order = [found[key] for key in _as_they_come(keys) if key in found]
        if not in_order:
            return []
        columns: dict[str, Values] = dict(zip(self._read, zip(*in_order, strict=True), strict=True))
        for name, statement in self._apart.items():
            several = _by_key(statement.rows(wanted))
            columns[name] = [*map(several.get, columns["pk"], repeat(NONE))]
        return [make(columns[name]) if make else columns[name] for name, make in self._makes]

    def _make(self, column: Column) -> Make | None:
        """How what is stored becomes the cells of the column; None where it is. Labels are found once."""
        if column.words is not None:
            with override(self.language):
                labels = {code: str(label) for code, label in column.words.items() if code != ""}
            return lambda codes: [*map(labels.get, codes)]
        if column.name == "page":
            with override(self.language):
                before, _slug, after = self.kind.address(ANY_SLUG).rpartition(ANY_SLUG)
            before = f"{settings.SITE_URL}{before}"
            return lambda slugs: [f"{before}{slug}{after}" for slug in slugs]
        if column.of in self._apart:
            return None
        if column.of == "pk":
            return lambda keys: [*map(address_of_key, keys)]
        field = self.kind._meta.get_field(column.of)
        if isinstance(field, models.DateTimeField):
            return lambda moments: [*map(moment_as_text, moments)]
        is_cell = isinstance(field, (*CELLS, models.ForeignKey))
        return None if is_cell else lambda values: [plain(value, {}) for value in values]


def _as_stored(kind: type[Entry], name: str) -> Any:
    """What is read of the column: of what it points to the address, of a date its text on SQLite."""
    field = kind._meta.get_field(name) if name != "pk" else KEY
    if name != "pk" and leads_to(field, Entry):
        return f"{name}__slug"
    if isinstance(field, models.DateField):
        return AsText(name)
    return _untouched(name) if name == "pk" or isinstance(field, AS_STORED) else name


def _untouched(name: str) -> ExpressionWrapper:
    """The values of the column as the database gives them."""
    return ExpressionWrapper(F(name), output_field=models.CharField())


def _digits(keys: bytes) -> list[str]:
    """The hexadecimal digits of each of the packed keys."""
    digits = keys.hex()
    return [digits[at : at + 2 * KEY_BYTES] for at in range(0, len(digits), 2 * KEY_BYTES)]


def _as_they_come(keys: list[str]) -> Sequence[Any]:
    """The keys as the database gives them: SQLite stores their digits."""
    return [*map(UUID, keys)] if connection.features.has_native_uuid_field else keys


def packed(found: models.QuerySet | Iterable[UUID]) -> bytes:
    """The keys of the entries, in their order: sixteen bytes each, so that a hundred thousand are little."""
    if isinstance(found, models.QuerySet):
        found = found.prefetch_related(None).values_list("pk", flat=True).iterator(chunk_size=2000)
    return b"".join(key.bytes for key in found)


def unpacked(keys: bytes) -> list[UUID]:
    """The keys that were packed."""
    return [UUID(bytes=keys[at : at + KEY_BYTES]) for at in range(0, len(keys), KEY_BYTES)]


def _members_of(field: Any) -> models.QuerySet:
    """The addresses of what entries have in that set, each behind the key of the entry."""
    own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    rows = field.remote_field.through._default_manager.filter(**{f"{own}__in": ANY}).order_by()
    return rows.values_list(_untouched(f"{own}_id"), f"{other}__slug")


def _numbers_elsewhere() -> models.QuerySet:
    numbers = ExternalId.objects.filter(entry_id__in=ANY).order_by()
    return numbers.values_list(_untouched("entry_id"), Concat("scheme", Value(":"), "value"))


def _by_key(rows: Iterable[Any]) -> dict[Any, list[str]]:
    """The texts behind each key, in order."""
    found: dict[Any, list[str]] = defaultdict(list)
    for key, text in rows:
        found[key].append(text)
    for several in found.values():
        if len(several) > 1:
            several.sort()
    return found


def slugs_of(keys: set[Any]) -> dict[Any, str]:
    """The addresses of the entries with these keys."""
    return dict(Entry.objects.filter(pk__in=keys).values_list("pk", "slug")) if keys else {}
