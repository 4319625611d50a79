from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def say_that_they_are_not_finished(apps: Any, schema_editor: Any) -> None:
    """Mappings without rules, which the table did not allow before, get a comment as theirs."""
    mappings = apps.get_model('imports', 'Mapping').objects.using(schema_editor.connection.alias)
    mappings.filter(rules='').update(rules='# Not finished.\n')


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0001_batches_records_and_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='mapping', name='mapping_has_rules'),
        migrations.AlterField(
            model_name='mapping',
            name='rules',
            field=models.TextField(blank=True, default='', help_text='In TOML: which column is the number, the title, the dates, the codes.', verbose_name='rules'),
        ),
        migrations.AddField(
            model_name='mapping',
            name='sample',
            field=models.JSONField(null=True, verbose_name='sample'),
        ),
        migrations.AddField(
            model_name='mapping',
            name='changed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by'),
        ),
        migrations.AddConstraint(
            model_name='mapping',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rules', ''), _negated=True), ('sample__isnull', False), _connector='OR'), name='mapping_has_rules_or_a_sample'),
        ),
        migrations.RunPython(migrations.RunPython.noop, say_that_they_are_not_finished),
    ]
