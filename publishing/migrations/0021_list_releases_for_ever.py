"""List every release for ever, with the digests by which a copy of its files is checked."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0020_let_readers_search_all_entries'),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=40, unique=True, verbose_name='version')),
                ('recorded_on', models.DateField(verbose_name='recorded on')),
                ('revisions', models.PositiveIntegerField(verbose_name='revisions')),
                ('entries', models.PositiveIntegerField(verbose_name='entries')),
                ('added', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('retracted', models.PositiveIntegerField(default=0)),
                ('head', models.CharField(max_length=64, unique=True, verbose_name='head of the chain')),
                ('content', models.CharField(max_length=64, verbose_name='digest of all snapshots')),
                ('manifest', models.CharField(max_length=64, verbose_name='SHA-256 of the manifest')),
                ('doi', models.CharField(blank=True, default='', max_length=220, validators=[django.core.validators.RegexValidator('\\A10\\.[0-9]{4,9}/[!-~]{1,200}\\Z', 'Enter the DOI as in 10.5281/zenodo.1234567.')], verbose_name='DOI')),
                ('until', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='publishing.revision')),
            ],
            options={
                'verbose_name': 'release',
                'verbose_name_plural': 'releases',
                'ordering': ['-until_id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('version', ''), _negated=True), name='release_has_a_version')],
            },
        ),
    ]
