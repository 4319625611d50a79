from typing import Any

from django.db import migrations, models


def take_kinds(apps: Any, schema_editor: Any) -> None:
    """Revisions hold the kind of their entry, as publishing writes it from now on."""
    Entry = apps.get_model("publishing", "Entry")
    kind = Entry.objects.filter(pk=models.OuterRef("entry")).values("kind")
    revisions = apps.get_model("publishing", "Revision").objects.using(schema_editor.connection.alias)
    revisions.update(kind=models.Subquery(kind[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0018_publish_signed_heads'),
    ]

    operations = [
        migrations.AddField(
            model_name='revision',
            name='kind',
            field=models.CharField(default='', editable=False, max_length=30, verbose_name='kind'),
        ),
        migrations.RunPython(take_kinds, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(fields=['kind', '-created_at', '-id', 'entry'], name='changes_page_by_kind'),
        ),
    ]
