"""A publisher may have a name in each language; those of before have none."""

import publishing.fields.columns
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0005_mark_claims_of_an_earlier_value'),
    ]

    operations = [
        migrations.AddField(
            model_name='source',
            name='publisher_name_ar',
            field=models.CharField(blank=True, default='', help_text='In all languages, where readers of one of them know the publisher by another name; one name is as printed.', max_length=300, validators=[publishing.fields.columns.refuse_invisible], verbose_name="the publisher's name by language"),
        ),
        migrations.AddField(
            model_name='source',
            name='publisher_name_en',
            field=models.CharField(blank=True, default='', help_text='In all languages, where readers of one of them know the publisher by another name; one name is as printed.', max_length=300, validators=[publishing.fields.columns.refuse_invisible], verbose_name="the publisher's name by language"),
        ),
        migrations.AddField(
            model_name='source',
            name='publisher_name_fr',
            field=models.CharField(blank=True, default='', help_text='In all languages, where readers of one of them know the publisher by another name; one name is as printed.', max_length=300, validators=[publishing.fields.columns.refuse_invisible], verbose_name="the publisher's name by language"),
        ),
    ]
