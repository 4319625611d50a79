"""Keep the documents and the words that readers search, and the index of the database over them.

They are filled once all tables are migrated: publishing.upgrades.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from search.engines import engine_of

TABLE = "publishing_searchdocument"


def prepare(apps: Any, schema_editor: Any) -> None:
    engine_of(schema_editor.connection).prepare(schema_editor.connection, TABLE)


def remove(apps: Any, schema_editor: Any) -> None:
    engine_of(schema_editor.connection).remove(schema_editor.connection, TABLE)


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0019_let_revisions_say_the_kind_of_their_entry'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchDocument',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=30)),
                ('called', models.TextField()),
                ('wholes', models.TextField()),
                ('names', models.TextField()),
                ('body', models.TextField()),
                ('texts', models.JSONField(default=list)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='searched', to='publishing.entry')),
            ],
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('word', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('shown', models.CharField(max_length=60)),
                ('letters', models.PositiveSmallIntegerField()),
                ('skeleton', models.CharField(db_index=True, max_length=60)),
            ],
            options={
                'indexes': [models.Index(fields=['letters', 'word'], name='search_words_by_length')],
            },
        ),
        migrations.RunPython(prepare, remove),
    ]
