"""On the way back, each revision is kept whole again."""

from typing import Any

from django.db import migrations


def keep_all_whole(apps: Any, schema_editor: Any) -> None:
    """Of those that keep a difference; the digests are of the whole ones, so the chain stays as it is."""
    revisions = apps.get_model("publishing", "Revision").objects.using(schema_editor.connection.alias)
    apart = revisions.filter(whole__isnull=False).order_by("pk").values_list("pk", "snapshot")
    for key, snapshot in apart.iterator(chunk_size=200):
        revisions.filter(pk=key).update(snapshot=snapshot, whole=None)


class Migration(migrations.Migration):
    """In a migration of its own, since PostgreSQL changes no table in which rows have just changed."""

    dependencies = [("publishing", "0033_let_revisions_keep_what_differs_from_a_whole_one")]
    operations = [migrations.RunPython(migrations.RunPython.noop, keep_all_whole)]
