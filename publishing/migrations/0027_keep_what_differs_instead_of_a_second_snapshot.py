"""Proposals that became a revision keep what differs from it, instead of a second whole snapshot."""

from typing import Any

from django.db import migrations

from publishing.fields.difference import changed, difference


def keep_difference(apps: Any, schema_editor: Any) -> None:
    """Of all that have a snapshot beside their revision; the functions called know no models."""
    proposals = _proposals(apps, schema_editor).filter(snapshot__isnull=False)
    for key, wanted, published in proposals.iterator(chunk_size=200):
        apart = difference(published, wanted) or None
        _one(apps, schema_editor, key).update(snapshot=None, difference=apart)


def keep_whole(apps: Any, schema_editor: Any) -> None:
    """Make the snapshots again that differ."""
    proposals = _proposals(apps, schema_editor, "difference").filter(difference__isnull=False)
    for key, apart, published in proposals.iterator(chunk_size=200):
        _one(apps, schema_editor, key).update(snapshot=changed(published, apart), difference=None)


def _proposals(apps: Any, schema_editor: Any, column: str = "snapshot") -> Any:
    """The keys of those that became a revision, each with what is in the column and in the revision."""
    proposals = apps.get_model("publishing", "Proposal").objects.using(schema_editor.connection.alias)
    return proposals.filter(revision__isnull=False).order_by("pk").values_list("pk", column, "revision__snapshot")


def _one(apps: Any, schema_editor: Any, key: Any) -> Any:
    return apps.get_model("publishing", "Proposal").objects.using(schema_editor.connection.alias).filter(pk=key)


class Migration(migrations.Migration):
    """Nothing is lost on either way."""

    dependencies = [("publishing", "0026_let_proposals_keep_what_differs_from_their_revision")]
    operations = [migrations.RunPython(keep_difference, keep_whole)]
