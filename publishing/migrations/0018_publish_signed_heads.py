"""Publish the signed head of the chain each day, so that nobody can rewrite what was published unnoticed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0017_index_lists_of_names_entries_and_revisions'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignedHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='day')),
                ('line', models.TextField(verbose_name='line')),
            ],
            options={
                'verbose_name': 'signed head of the chain',
                'verbose_name_plural': 'signed heads of the chain',
                'ordering': ['-day'],
                'constraints': [models.CheckConstraint(condition=models.Q(('line', ''), _negated=True), name='signed_head_has_a_line')],
            },
        ),
    ]
