"""Say "proposals from the public" everywhere; no row changes."""

import django.db.models.deletion
from django.db import migrations, models

from publishing.migration_operations import ChangeNoTable


class Migration(migrations.Migration):

    dependencies = [
        ('contributions', '0008_lead_from_a_used_form_to_what_it_sent'),
    ]

    operations = [
        ChangeNoTable([
            migrations.AlterModelOptions(
                name='contribution',
                options={'ordering': ['-sent_at', 'pk'], 'verbose_name': 'proposal from the public', 'verbose_name_plural': 'proposals from the public'},
            ),
            migrations.AlterField(
                model_name='improvement',
                name='contribution',
                field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='improvement', to='contributions.contribution', verbose_name='proposal from the public'),
            ),
            migrations.AlterField(
                model_name='noticepreference',
                name='notices',
                field=models.CharField(choices=[('immediate', 'Immediately, one by one'), ('daily', 'Once a day, in one email'), ('none', 'Not at all')], default='daily', max_length=30, verbose_name='mail about proposals from the public'),
            ),
        ]),
    ]
