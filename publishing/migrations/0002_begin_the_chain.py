"""The one row from which the chain of revisions starts."""

from typing import Any

from django.db import migrations


def begin(apps: Any, schema_editor: Any) -> None:
    """Make the row, empty: no revision exists yet."""
    apps.get_model("publishing", "ChainHead").objects.using(schema_editor.connection.alias).create(pk=1, digest="")


def end(apps: Any, schema_editor: Any) -> None:
    """Take the row away."""
    apps.get_model("publishing", "ChainHead").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    """Begin the chain."""

    dependencies = [("publishing", "0001_entries_revisions_and_proposals")]
    operations = [migrations.RunPython(begin, end)]
