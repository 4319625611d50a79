"""A release says where its files are, beside the DOI that an archive gave to them."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0034_keep_all_revisions_whole_on_the_way_back'),
    ]

    operations = [
        migrations.AddField(
            model_name='release',
            name='files',
            field=models.URLField(blank=True, default='', max_length=500, validators=[django.core.validators.URLValidator(schemes=['https', 'http'])], verbose_name='address of the files'),
        ),
    ]
