"""Rows of tables of entries, read in pages: each is a few finished statements, whatever its reader does."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import override

from exchange.columns import ELSEWHERE, MANAGED, Column, Make, Slugs, columns_in_table
from publishing.addresses import ANY_SLUG
from publishing.models import Entry
from publishing.models.entry import leads_to
from sources.models import ExternalId

# So many rows are read at once, and then sent before the next are read.
PAGE = 500
KEY_BYTES = 16
Row = list[Any]


class Table:
    """The entries of one kind as rows, in one language.

    with_prose: with the long texts.
    """

    def __init__(self, kind: type[Entry], language: str, *, with_prose: bool = True) -> None:
        self.kind, self.language = kind, language
        content = [one for one in columns_in_table(kind) if with_prose or not one.is_long]
        self.columns: tuple[Column, ...] = (*MANAGED, *content, ELSEWHERE)
        self._members = {one.name: one for one in kind._meta.many_to_many}
        managed = [column.of for column in MANAGED]
        self._stored = list(
            dict.fromkeys([*managed, *(one.of for one in content if one.of not in self._members)])
        )
        self._makes = [self._make(one) for one in self.columns]
        self._pointing = [
            name for name in self._stored if name != "pk" and leads_to(kind._meta.get_field(name), Entry)
        ]

    def pages(self, keys: bytes) -> Iterator[list[Row]]:
        """The rows of the entries with these packed keys, in their order, page by page.

        An entry that was retracted meanwhile is left out.
        """
        for start in range(0, len(keys), PAGE * KEY_BYTES):
            with override(self.language):
                rows = self._rows(unpacked(keys[start : start + PAGE * KEY_BYTES]))
            yield rows

    def _rows(self, keys: Sequence[UUID]) -> list[Row]:
        entries = self.kind._default_manager.filter(pk__in=keys).order_by()
        found = {row["pk"]: row for row in entries.values(*self._stored)}
        for name, field in self._members.items():
            for key, several in _members_of(field, keys).items():
                if key in found:
                    found[key][name] = several
        for key, numbers in _numbers_elsewhere(keys).items():
            if key in found:
                found[key][ELSEWHERE.of] = numbers
        slugs = slugs_of(self._keys_in(found.values()))
        return [self._row(found[key], slugs) for key in keys if key in found]

    def _make(self, column: Column) -> tuple[str, Make]:
        """Where the cells of the column come from, and how: the labels of codes are translated once."""
        if column.words is None:
            return column.of, column.make
        with override(self.language):
            words = {code: str(label) for code, label in column.words.items()}
        return column.of, lambda code, _slugs: words.get(code) if code != "" else None

    def _row(self, values: dict[str, Any], slugs: Slugs) -> Row:
        """The cells; most are texts, which stay as they are."""
        made = [make(values.get(name), slugs) for name, make in self._makes]
        before, after = self._page
        made[1] = f"{before}{values['slug']}{after}"
        return made

    @cached_property
    def _page(self) -> tuple[str, str]:
        """What stands before and after the slug in the address of a page."""
        before, _slug, after = self.kind.address(ANY_SLUG).rpartition(ANY_SLUG)
        return f"{settings.SITE_URL}{before}", after

    def _keys_in(self, rows: Iterable[dict[str, Any]]) -> set[Any]:
        keys = {row[name] for row in rows for name in self._pointing} - {None}
        return keys.union(*(row.get(name, ()) for row in rows for name in self._members))


def packed(found: models.QuerySet | Iterable[UUID]) -> bytes:
    """The keys of the entries, in their order: sixteen bytes each, so that a hundred thousand are little."""
    if isinstance(found, models.QuerySet):
        found = found.prefetch_related(None).values_list("pk", flat=True).iterator(chunk_size=2000)
    return b"".join(key.bytes for key in found)


def unpacked(keys: bytes) -> list[UUID]:
    """The keys that were packed."""
    return [UUID(bytes=keys[at : at + KEY_BYTES]) for at in range(0, len(keys), KEY_BYTES)]


def _members_of(field: Any, keys: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    through, own, other = (
        field.remote_field.through,
        f"{field.m2m_field_name()}_id",
        f"{field.m2m_reverse_field_name()}_id",
    )
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for key, member in through._default_manager.filter(**{f"{own}__in": keys}).values_list(own, other):
        found[key].append(member)
    return found


def _numbers_elsewhere(keys: Sequence[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    numbers = ExternalId.objects.filter(entry_id__in=keys).order_by("scheme", "value")
    for key, scheme, value in numbers.values_list("entry_id", "scheme", "value"):
        found[key].append(f"{scheme}:{value}")
    return found


def slugs_of(keys: set[Any]) -> dict[Any, str]:
    """The addresses of the entries with these keys."""
    return dict(Entry.objects.filter(pk__in=keys).values_list("pk", "slug")) if keys else {}
