"""Count the words that are left to translate, and those that are translated."""

from typing import Any

from django.db import migrations, models

from publishing.translations.staleness import count_translations, texts_of


def count(apps: Any, schema_editor: Any) -> None:
    """Those of each entry's newest revision; the functions called know snapshots, and no models."""
    alias = schema_editor.connection.alias
    revisions = apps.get_model("publishing", "Revision").objects.using(alias)
    translations = apps.get_model("publishing", "Translation").objects.using(alias)
    for stored in apps.get_model("publishing", "TextAges").objects.using(alias).iterator(chunk_size=200):
        newest = revisions.filter(entry_id=stored.entry_id).order_by("number").last()
        if newest is None:
            continue
        texts = texts_of(newest.snapshot)
        for row in translations.filter(entry_id=stored.entry_id):
            counted = count_translations(stored.ages, row.language, texts)
            row.words_left, row.words_done = counted.words_left, counted.words_done
            row.save(update_fields=["words_left", "words_done"])


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0023_let_new_editors_practise'),
    ]

    operations = [
        migrations.AddField(
            model_name='translation',
            name='words_done',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='translation',
            name='words_left',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
