"""Keep requests to change an address, removals of factors, and which mail went to senders of proposals."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def mark_mail_to_senders(apps: Any, schema_editor: Any) -> None:
    """Mail to an address that is neither an account's nor an invitation's went to a sender."""
    alias = schema_editor.connection.alias
    accounts = apps.get_model(settings.AUTH_USER_MODEL).objects.using(alias)
    invitations = apps.get_model("accounts", "Invitation").objects.using(alias)
    ours = {*accounts.values_list("email", flat=True), *invitations.values_list("address", flat=True)}
    known = {address.lower() for address in ours}
    mail = apps.get_model("accounts", "Mail").objects.using(alias)
    theirs = [pk for pk, to in mail.values_list("pk", "recipient").iterator() if to.lower() not in known]
    for start in range(0, len(theirs), 500):
        mail.filter(pk__in=theirs[start : start + 500]).update(is_to_sender=True)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_reword_what_editors_read'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='mail',
            name='is_to_sender',
            field=models.BooleanField(default=False, editable=False, verbose_name='to a sender of proposals'),
        ),
        migrations.CreateModel(
            name='FactorRemoval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('removed_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'removal of a second factor',
                'verbose_name_plural': 'removals of second factors',
                'ordering': ['-removed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AddressChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_address', models.EmailField(blank=True, default='', max_length=254, verbose_name='old address')),
                ('new_address', models.EmailField(max_length=254, verbose_name='new address')),
                ('token_digest', models.CharField(blank=True, default='', editable=False, max_length=64)),
                ('requested_at', models.DateTimeField(verbose_name='requested at')),
                ('expires_at', models.DateTimeField(verbose_name='expires at')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled at')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='requested by')),
            ],
            options={
                'verbose_name': 'change of address',
                'verbose_name_plural': 'changes of address',
                'ordering': ['-requested_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at', None), ('confirmed_at', None)), fields=('account',), name='address_change_is_the_only_open_one_of_its_account'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('requested_at'))), name='address_change_expires_after_it_was_requested'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='address_change_was_confirmed_at_some_time_by_somebody'), models.CheckConstraint(condition=models.Q(('confirmed_at', None), ('cancelled_at', None), _connector='OR'), name='address_change_is_not_both_confirmed_and_cancelled')],
            },
        ),
        migrations.RunPython(mark_mail_to_senders, migrations.RunPython.noop),
    ]
