"""Keep by what names entries and proposals are found, and how entries are sorted in each language."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0009_let_whoever_changes_a_fact_confirm_its_sources'),
    ]

    operations = [
        migrations.CreateModel(
            name='EntryNames',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='names', serialize=False, to='publishing.entry')),
                ('folded', models.TextField()),
                ('sort_key_en', models.BinaryField(default=b'')),
                ('sort_key_ar', models.BinaryField(default=b'')),
                ('sort_key_fr', models.BinaryField(default=b'')),
            ],
        ),
        migrations.AddField(
            model_name='proposal',
            name='folded',
            field=models.TextField(default='', editable=False),
        ),
    ]
