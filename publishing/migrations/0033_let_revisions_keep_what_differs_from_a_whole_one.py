"""Let revisions keep what differs from an earlier one of their entry that is kept whole."""

import django.db.models.deletion
from django.db import migrations, models

import publishing.fields.snapshots


class Migration(migrations.Migration):
    """Earlier revisions stay whole; the column of the snapshots is the same to the database."""

    dependencies = [("publishing", "0032_find_entries_by_their_initials")]
    operations = [
        migrations.AddField(
            model_name="revision",
            name="whole",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="publishing.revision",
            ),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="revision",
                    name="snapshot",
                    field=publishing.fields.snapshots.SnapshotField(verbose_name="snapshot"),
                )
            ]
        ),
    ]
