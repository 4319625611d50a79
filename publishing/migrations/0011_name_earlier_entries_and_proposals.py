"""The names of all entries that were published, and proposals that were made, before these were kept."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations

from search.ordering import sort_key
from search.queries import lines

# Each language with those whose title is shown where its own is missing.
FALLBACKS = {"en": ("en", "fr", "ar"), "ar": ("ar", "en", "fr"), "fr": ("fr", "en", "ar")}
OTHER_NAMES = "alias"
FOUND_BY = ("slug", "iso_code", "identifier", "publisher", "authors", "url", "credit_en", "credit_ar", "credit_fr")


def name(apps: Any, schema_editor: Any) -> None:
    """From the newest revision of each entry, and from each proposal; the functions called know no models."""
    alias = schema_editor.connection.alias
    entries, revisions, proposals, names = (
        apps.get_model("publishing", model).objects.using(alias)
        for model in ("Entry", "Revision", "Proposal", "EntryNames")
    )
    for entry in entries.filter(revision__gt=0).order_by("pk").iterator(chunk_size=200):
        snapshot = revisions.get(entry=entry, number=entry.revision).snapshot
        if entry.state == "retracted":
            snapshot = {**snapshot, "rows": {}}
        keys = {f"sort_key_{one}": sort_key(_title(snapshot, FALLBACKS[one]), one) for one in FALLBACKS}
        names.create(entry=entry, folded=lines(_found_by(snapshot)), **keys)
    for proposal in proposals.order_by("pk").iterator(chunk_size=200):
        snapshot = proposal.snapshot
        if snapshot is None:
            snapshot = revisions.get(pk=proposal.revision_id).snapshot
        proposals.filter(pk=proposal.pk).update(folded=lines([*_found_by(snapshot), proposal.note]))


def _title(snapshot: Any, languages: tuple[str, ...]) -> str:
    titles = (snapshot["fields"].get(f"title_{one}") for one in languages)
    return next(filter(None, titles), "")


def _found_by(snapshot: Any) -> Iterator[str]:
    said = snapshot["fields"]
    yield from (said.get(f"title_{one}") or "" for one in FALLBACKS)
    yield from (row.get("name") or "" for _key, row in sorted(snapshot["rows"].get(OTHER_NAMES, {}).items()))
    yield from (str(said.get(one) or "") for one in FOUND_BY)


class Migration(migrations.Migration):
    """Name them; backwards the columns go as a whole."""

    dependencies = [("publishing", "0010_keep_the_names_that_entries_are_found_by")]
    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
