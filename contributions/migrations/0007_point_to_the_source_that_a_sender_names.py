"""Point from a contribution to the source of the casebook that its sender named."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contributions', '0006_reword_what_editors_read'),
        ('sources', '0005_mark_claims_of_an_earlier_value'),
    ]

    operations = [
        migrations.AddField(
            model_name='contribution',
            name='source',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.source', verbose_name='source in the casebook'),
        ),
    ]
