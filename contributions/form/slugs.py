"""Slugs of new entries and anchors of new rows, made from a title or a heading."""

import uuid
from typing import Any

from django.utils.text import slugify

from publishing import snapshots
from publishing.addresses import is_reserved
from publishing.languages import columns_of_text
from publishing.models import Entry, OldSlug
from publishing.models.entry import children_of, kinds
from publishing.snapshots import ABSENT, Change, Path, Snapshot

MAX_SLUG, MAX_ANCHOR = 100, 40


def with_slug(wanted: Snapshot) -> Snapshot:
    """The snapshot of a new entry with a slug that no other entry has, and no page of the casebook."""
    kind = wanted["kind"]
    slug = _slug(wanted["fields"], "title", kind)
    is_taken = any(model.objects.filter(kind=kind, slug=slug).exists() for model in (Entry, OldSlug))
    if is_taken or is_reserved(kinds()[kind].PAGE, slug):
        slug = f"{slug}-{uuid.uuid4().hex[:6]}"
    return snapshots.apply([Change(Path(column="slug"), "", slug)], wanted)


def with_anchor(wanted: Snapshot, row: Path) -> Snapshot:
    """The snapshot with an anchor for the new row, if rows of this kind have anchors."""
    model, rows = children_of(kinds()[wanted["kind"]])[row.row_kind], wanted["rows"][row.row_kind]
    if not model.ANCHOR:
        return wanted
    anchor = _slug(rows[row.key], model.ANCHOR_FROM, row.row_kind)[:MAX_ANCHOR]
    if anchor in {one[model.ANCHOR] for one in rows.values()}:
        anchor = f"{anchor}-{uuid.uuid4().hex[:4]}"
    return snapshots.apply([Change(row.at(model.ANCHOR), ABSENT, anchor)], wanted)


def _slug(values: dict[str, Any], name: str, kind: str) -> str:
    """From the first language of the text that gives a slug; else from the kind and a random number."""
    texts = (values.get(column) or "" for column in columns_of_text(name))
    slugs = (slugify(text)[:MAX_SLUG].strip("-") for text in texts)
    return next((slug for slug in slugs if slug), f"{kind}-{uuid.uuid4().hex[:8]}")
