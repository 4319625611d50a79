"""Keep with the token of a form what was sent with it, so that whoever sends it again gets the first answer."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contributions', '0007_point_to_the_source_that_a_sender_names'),
    ]

    operations = [
        migrations.AddField(
            model_name='usedtoken',
            name='contribution',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contributions.contribution'),
        ),
        migrations.AddField(
            model_name='usedtoken',
            name='content_digest',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
    ]
