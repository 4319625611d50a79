"""One entry as data: what was published, with what it points to and the sources that it rests on."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext

from exchange import licence
from publishing import snapshots
from publishing.languages import active_language, localized
from publishing.models import Child, Entry, Revision
from publishing.models.entry import children_of, kinds
from publishing.snapshots import Snapshot

SOURCE = "source"


def record_of(revision: Revision) -> dict[str, Any]:
    """The entry as the revision published it, in the active language where there are words.

    What it points to is named as it is now. The snapshot is as it was published, so that its digest fits.
    """
    snapshot = revision.snapshot
    kind = kinds()[snapshot["kind"]]
    pointed = _pointed(snapshot)
    return {
        "about": _about(revision, kind),
        "snapshot": snapshot,
        "labels": _labels(kind, snapshot),
        "entries": {str(one.pk): _name(one) for one in pointed},
        "sources": _sources([one for one in pointed if one.kind == SOURCE and not one.is_retracted]),
    }


def _about(revision: Revision, kind: type[Entry]) -> dict[str, Any]:
    entry = revision.entry
    return {
        "title": localized(_Titles(revision.snapshot["fields"]), "title").text,
        "kind": capfirst(str(kind._meta.verbose_name)),
        "language": active_language(),
        "page": f"{settings.SITE_URL}{entry.get_absolute_url()}",
        "permanent_address": f"{settings.SITE_URL}{revision.get_record_url()}",
        "revision": revision.number,
        "published_at": revision.created_at.isoformat(),
        "what_changed": revision.shown_note,
        "digest": revision.digest,
        "previous_digest": revision.previous_digest,
        "licence": licence.NAME,
        "licence_address": licence.URL,
        "not_covered": gettext(licence.EXCEPT),
    }


class _Titles:
    """The columns of a snapshot as attributes; "" where one is missing."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self._fields = fields

    def __getattr__(self, name: str) -> Any:
        return self._fields.get(name, "")


def _pointed(snapshot: Snapshot) -> list[Entry]:
    """The entries that the snapshot points to, by their keys."""
    keys = snapshots.references(snapshots.conformed(snapshot))
    return [*Entry.objects.filter(pk__in=keys).order_by("pk")]


def _name(entry: Entry) -> dict[str, Any]:
    """What it is called, and where it is; of a retracted entry that it is."""
    address = f"{settings.SITE_URL}{entry.get_absolute_url()}"
    if entry.is_retracted:
        return {"kind": entry.kind, "page": address, "is_retracted": True}
    return {"kind": entry.kind, "title": str(entry), "page": address}


def _sources(entries: list[Entry]) -> dict[str, Any]:
    """The content of the sources, by key."""
    return {key: one["fields"] for key, one in snapshots.freeze_all(entries).items()}


def _labels(kind: type[Entry], snapshot: Snapshot) -> dict[str, dict[str, str]]:
    """The words of the codes that stand in the snapshot: by kind and column, then by code."""
    found: dict[str, dict[str, str]] = {}
    for name, column, value in _codes(kind, snapshot):
        if value not in (None, ""):
            words = found.setdefault(f"{name}.{column.name}", {})
            words.setdefault(str(value), str(dict(column.flatchoices).get(value, value)))
    return found


def _codes(kind: type[Entry], snapshot: Snapshot) -> Iterator[tuple[str, models.Field, Any]]:
    own = [column for column in snapshots.content_columns(kind) if column.choices]
    yield from ((snapshot["kind"], one, snapshot["fields"].get(one.name)) for one in own)
    for name, model in children_of(kind).items():
        columns = _columns_with_codes(model)
        for row in snapshot["rows"].get(name, {}).values() if columns else ():
            yield from ((name, one, row.get(one.name)) for one in columns)


def _columns_with_codes(model: type[Child]) -> list[models.Field]:
    return [column for column in snapshots.row_columns(model) if column.choices]
