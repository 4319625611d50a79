"""What a release holds: a table for each kind of entry and of rows, and the snapshots that were published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from django.db import models
from django.utils.translation import override

from exchange.codebook import names_of_kinds
from exchange.columns import STRING, Column, columns_in_table, plain
from exchange.tables import PAGE, Row, Table, packed, slugs_of
from publishing.models import Child, Entry, Revision
from publishing.models.entry import children_of, kinds, leads_to, owner_of
from publishing.snapshots import path_to_entry

LANGUAGE = "en"


@dataclass(frozen=True)
class TableOfRelease:
    """One table: its name, what it is, its columns, and what its foreign keys point to, by column."""

    name: str
    title: str
    columns: tuple[Column, ...]
    pages: Any
    points_to: dict[str, str]


def tables() -> Iterator[TableOfRelease]:
    """Every table, in the order of the codebook; labels of codes are in English."""
    rows_seen: set[str] = set()
    for name in names_of_kinds():
        kind = kinds()[name]
        yield _of_entries(name, kind)
        for row_name, model in children_of(kind).items():
            if row_name not in rows_seen:
                rows_seen.add(row_name)
                yield _of_rows(row_name, model)


def _of_entries(name: str, kind: type[Entry]) -> TableOfRelease:
    table = Table(kind, LANGUAGE)
    keys = packed(kind._default_manager.in_sight().order_by("pk"))
    return TableOfRelease(name, _title(kind), table.columns, partial(table.pages, keys), {})


def _of_rows(name: str, model: type[Child]) -> TableOfRelease:
    owner = owner_of(model)
    is_nested = issubclass(owner, Child)
    head = [
        Column("id", "pk", "key", "", STRING, plain),
        Column("entry_kind", "", "kind of the entry", "The table that holds the entry.", STRING, plain),
        Column("entry_id", "", "entry", "The key of the entry that the row belongs to.", STRING, plain),
    ]
    if is_nested:
        head.append(Column(model.OF, model.OF, owner._meta.verbose_name, "", STRING, plain))
    columns = (*head, *columns_in_table(model))
    points_to = {model.OF: owner._meta.model_name or ""} if is_nested else {}
    return TableOfRelease(name, _title(model), columns, partial(_pages_of_rows, model, columns), points_to)


def _title(model: type[models.Model]) -> str:
    with override(LANGUAGE):
        return str(model._meta.verbose_name_plural)


def _pages_of_rows(model: type[Child], columns: tuple[Column, ...]) -> Iterator[Sequence[Row]]:
    way = path_to_entry(model)
    read = list(dict.fromkeys(column.of for column in columns if column.of))
    pointing = [name for name in read if name != "pk" and leads_to(model._meta.get_field(name), Entry)]
    rows = model._default_manager.filter(**{f"{way}__is_in_use": True, f"{way}__state": "published"})
    in_order = rows.order_by(f"{way}_id", "position", "pk")
    found = in_order.values(*read, _entry=models.F(f"{way}_id"), _kind=models.F(f"{way}__kind"))
    stored = found.iterator(chunk_size=PAGE)
    while page := [*islice(stored, PAGE)]:
        slugs = slugs_of({row[name] for row in page for name in pointing} - {None})
        with override(LANGUAGE):
            made = [_cells(row, columns, slugs) for row in page]
        yield made


def _cells(row: dict[str, Any], columns: tuple[Column, ...], slugs: dict[Any, str]) -> list[Any]:
    head = [str(row["pk"]), row["_kind"], str(row["_entry"])]
    return [*head, *(column.cell(row[column.of], slugs) for column in columns[len(head) :])]


def snapshots() -> Iterator[dict[str, Any]]:
    """The newest revision of every entry in sight, as it was published, by kind and key."""
    entries = Entry.objects.in_sight().order_by("kind", "pk")
    revisions = Revision.objects.filter(entry__in=entries, number=models.F("entry__revision"))
    for revision in revisions.order_by("kind", "entry_id").iterator(chunk_size=PAGE):
        yield _line(revision)


def history() -> Iterator[dict[str, Any]]:
    """Every revision that there is, in the order of the chain, with what its digest was made of."""
    for revision in Revision.objects.order_by("pk").iterator(chunk_size=PAGE):
        private = {"author": revision.author_id, "override_reason": revision.override_reason}
        yield {**_line(revision), **private}


def _line(revision: Revision) -> dict[str, Any]:
    return {
        "snapshot": revision.snapshot,
        "revision": revision.number,
        "published_at": revision.created_at.isoformat(),
        "change_class": revision.change_class,
        "note": revision.note,
        "note_language": revision.note_language,
        "credit": revision.credit,
        "digest": revision.digest,
        "previous_digest": revision.previous_digest,
    }
