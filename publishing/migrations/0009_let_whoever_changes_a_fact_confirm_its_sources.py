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
            field=models.BooleanField(default=False, verbose_name='the sources support the new values'),
        ),
    ]
