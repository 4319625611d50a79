"""Let whoever changes a fact say that its sources support the new value."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0008_reword_what_editors_read'),
    ]

    operations = [
        migrations.AddField(
            model_name='proposal',
            name='sources_confirmed',
            field=models.BooleanField(default=False, help_text='Tick this if you have checked that the sources of what you changed say the new value too. Otherwise they are shown as said of the earlier value, and count no longer.', verbose_name='the sources support the new values'),
        ),
    ]
