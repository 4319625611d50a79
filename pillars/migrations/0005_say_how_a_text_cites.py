"""Tell editors beside a text how it cites a source; no row changes."""

import django.core.validators
import publishing.fields.columns
from django.db import migrations

from publishing.migration_operations import ChangeNoTable


class Migration(migrations.Migration):

    dependencies = [
        ('pillars', '0004_reword_what_editors_read'),
    ]

    operations = [
        ChangeNoTable([
            migrations.AlterField(
                model_name='section',
                name='body_ar',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='Markdown: blank line for a new paragraph, **bold**, [link](address), - for a list, [@address-of-the-source, para. 3] to cite a source of the claims.', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='text'),
            ),
            migrations.AlterField(
                model_name='section',
                name='body_en',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='Markdown: blank line for a new paragraph, **bold**, [link](address), - for a list, [@address-of-the-source, para. 3] to cite a source of the claims.', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='text'),
            ),
            migrations.AlterField(
                model_name='section',
                name='body_fr',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='Markdown: blank line for a new paragraph, **bold**, [link](address), - for a list, [@address-of-the-source, para. 3] to cite a source of the claims.', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='text'),
            ),
        ]),
    ]
