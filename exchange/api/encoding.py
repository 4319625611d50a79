"""Entries as the API sends them: their snapshots are taken as they are stored, without being read."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import override

from exchange import formats, licence
from exchange.api.resources import address_of_entry
from publishing import snapshots
from publishing.fields.columns import stem
from publishing.fields.snapshots import text_in
from publishing.languages import PAGE_LANGUAGES, columns_of_text
from publishing.models import AsKept, Entry, Revision
from publishing.models.entry import children_of
from publishing.snapshots import Snapshot

SEPARATOR = b",\n"


def packed_revisions() -> models.QuerySet:
    """Revisions with their entries, and their snapshots as the bytes that are kept, in `packed`."""
    return Revision.objects.defer("snapshot").select_related("entry").annotate(packed=AsKept())


def text_of(revision: Any) -> bytes:
    """The snapshot as JSON: as it was encoded when it was published."""
    return text_in(bytes(revision.packed))


@dataclass(frozen=True)
class Selection:
    """Which fields and kinds of rows are asked for."""

    fields: frozenset[str]
    rows: frozenset[str]

    def applied(self, snapshot: Snapshot) -> Snapshot:
        """What of the snapshot is asked for."""
        fields = {name: value for name, value in snapshot["fields"].items() if name in self.fields}
        rows = {name: value for name, value in snapshot["rows"].items() if name in self.rows}
        return {**snapshot, "fields": fields, "rows": rows}


@cache
def selectable(kind: type[Entry]) -> dict[str, frozenset[str]]:
    """By each name that can be asked for, the columns; of a kind of rows none."""
    found: dict[str, frozenset[str]] = {}
    for column in (*snapshots.content_columns(kind), *kind._meta.many_to_many):
        found[column.name] = frozenset({column.name})
        found[stem(column)] = found.get(stem(column), frozenset()) | {column.name}
    return {**found, **dict.fromkeys(children_of(kind), frozenset())}


def selection_of(kind: type[Entry], names: Iterable[str]) -> tuple[Selection, list[str]]:
    """What these names ask for, and those that nobody understands."""
    known, rows = selectable(kind), children_of(kind)
    asked = [*names]
    fields = frozenset[str]().union(*(known[name] for name in asked if name in known))
    return Selection(fields, frozenset(asked) & rows.keys()), [name for name in asked if name not in known]


def item(revision: Any, selection: Selection | None = None, **more: Any) -> bytes:
    """One entry as the revision published it."""
    text = text_of(revision)
    if selection is not None:
        text = formats.dumped(selection.applied(json.loads(text))).encode()
    head = formats.dumped({**_head(revision), **more}).encode()
    return b"%b,\n%b: %b}" % (head[:-1], b'"snapshot"', text)


def identity(entry: Entry) -> dict[str, Any]:
    """Which entry it is, and where."""
    return {
        "id": str(entry.pk),
        "kind": entry.kind,
        "slug": entry.slug,
        "url": f"{settings.SITE_URL}{address_of_entry(entry.kind, entry.slug)}",
        "pages": pages_of(entry),
    }


def _head(revision: Revision) -> dict[str, Any]:
    known_by = identity(revision.entry)
    return {
        **known_by,
        "revision": revision.number,
        "published_at": revision.created_at.isoformat(),
        "change": revision.change_class,
        "note": revision.note,
        "note_language": revision.note_language,
        "record": f"{known_by['url']}?as_of={revision.number}",
        "digest": revision.digest,
        "previous_digest": revision.previous_digest,
    }


def change(revision: Revision) -> bytes:
    """A change in the log: which entry, when and why; what it became, where the public can read it."""
    item = _head(revision)
    item["entry"] = {name: item.pop(name) for name in identity(revision.entry)}
    item["credit"] = revision.credit
    if not revision.has_record:
        item["record"] = None
    return formats.dumped(item).encode()


def pages_of(entry: Entry) -> dict[str, str]:
    """Its page in each language."""
    return {one: f"{settings.SITE_URL}{_in(one, entry.get_absolute_url)}" for one in PAGE_LANGUAGES}


def _in(language: str, made: Callable[[], str]) -> str:
    with override(language):
        return made()


def pointed_at(snapshot: Snapshot) -> dict[str, Any]:
    """What the snapshot points to, by key: its kind, its addresses and its titles, as they are now."""
    keys = snapshots.references(snapshots.conformed(snapshot))
    found = Entry.objects.filter(pk__in=keys).order_by("pk") if keys else ()
    return {str(one.pk): named(one) for one in found}


def named(entry: Entry) -> dict[str, Any]:
    """Which entry it is; of a retracted one that it is."""
    here = {"kind": entry.kind, "url": f"{settings.SITE_URL}{address_of_entry(entry.kind, entry.pk)}"}
    if entry.is_retracted:
        return {**here, "is_retracted": True}
    titles = {name: getattr(entry, name) for name in columns_of_text("title")}
    return {**here, "slug": entry.slug, **titles, "pages": pages_of(entry), "is_retracted": False}


def about() -> dict[str, str]:
    """Under which licence it is."""
    return {"licence": licence.NAME, "licence_address": licence.URL, "not_covered": licence.EXCEPT}


def page(members: dict[str, Any], items: list[bytes], next_address: str | None) -> bytes:
    """A page of a list."""
    head = formats.dumped({**about(), **members, "next": next_address}).encode()
    return b'%b,\n"items": [\n%b\n]}\n' % (head[:-1], SEPARATOR.join(items))
