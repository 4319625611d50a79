"""Store for each entry whether something public uses it; `rebuild_use` marks those that were there before."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0011_name_earlier_entries_and_proposals'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='is_in_use',
            field=models.BooleanField(default=True, editable=False, verbose_name='in use'),
        ),
    ]
