"""A removal of a second factor begins as a request; those of before were requested by whoever removed it."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def fill_requests(apps: Any, schema_editor: Any) -> None:
    """Until now one administrator removed a factor alone."""
    removals = apps.get_model("accounts", "FactorRemoval").objects.using(schema_editor.connection.alias)
    removals.update(requested_by=models.F("removed_by"), requested_at=models.F("removed_at"))


def forget_requests(apps: Any, schema_editor: Any) -> None:
    """Before, there were only removals that happened."""
    removals = apps.get_model("accounts", "FactorRemoval").objects.using(schema_editor.connection.alias)
    removals.filter(removed_at=None).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_keep_changes_of_address_and_whose_mail_it_is'),
        ('mfa', '0003_authenticator_type_uniq'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='factorremoval',
            options={'ordering': ['-requested_at', '-pk'], 'verbose_name': 'removal of a second factor', 'verbose_name_plural': 'removals of second factors'},
        ),
        migrations.AddField(
            model_name='factorremoval',
            name='factor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='mfa.authenticator'),
        ),
        migrations.AddField(
            model_name='factorremoval',
            name='requested_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='factorremoval',
            name='requested_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(fill_requests, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='factorremoval',
            name='requested_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='factorremoval',
            name='requested_at',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='factorremoval',
            name='removed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='factorremoval',
            name='removed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_requests),
        migrations.AddConstraint(
            model_name='factorremoval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='factor_removal_was_done_at_some_time_by_somebody'),
        ),
    ]
