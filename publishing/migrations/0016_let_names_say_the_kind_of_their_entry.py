
from typing import Any

from django.db import migrations, models


def take_kinds(apps: Any, schema_editor: Any) -> None:
    """Names hold the kind of their entry, as `publishing.names` keeps it from now on."""
    Entry = apps.get_model("publishing", "Entry")
    kind = Entry.objects.filter(pk=models.OuterRef("pk")).values("kind")
    names = apps.get_model("publishing", "EntryNames").objects.using(schema_editor.connection.alias)
    names.update(kind=models.Subquery(kind))


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0015_keep_when_the_worker_ran'),
    ]

    operations = [
        migrations.AddField(
            model_name='entrynames',
            name='kind',
            field=models.CharField(default='', editable=False, max_length=30),
        ),
        migrations.RunPython(take_kinds, migrations.RunPython.noop),
    ]
