"""Tell editors beside a text how it cites a source; no row changes."""

import django.core.validators
import publishing.fields.columns
from django.db import migrations

from publishing.migration_operations import ChangeNoTable


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_say_which_body_an_actor_is_part_of'),
    ]

    operations = [
        ChangeNoTable([
            migrations.AlterField(
                model_name='case',
                name='narrative_ar',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='Markdown. What happened, in order; what is contested, and by whom. To cite a source of the claims, write its address: [@address-of-the-source, para. 3].', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='narrative'),
            ),
            migrations.AlterField(
                model_name='case',
                name='narrative_en',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='Markdown. What happened, in order; what is contested, and by whom. To cite a source of the claims, write its address: [@address-of-the-source, para. 3].', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='narrative'),
            ),
            migrations.AlterField(
                model_name='case',
                name='narrative_fr',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='Markdown. What happened, in order; what is contested, and by whom. To cite a source of the claims, write its address: [@address-of-the-source, para. 3].', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='narrative'),
            ),
            migrations.AlterField(
                model_name='initiative',
                name='narrative_ar',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='Markdown. What was planned, done and left undone. To cite a source of the claims, write its address: [@address-of-the-source, para. 3].', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='narrative'),
            ),
            migrations.AlterField(
                model_name='initiative',
                name='narrative_en',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='Markdown. What was planned, done and left undone. To cite a source of the claims, write its address: [@address-of-the-source, para. 3].', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='narrative'),
            ),
            migrations.AlterField(
                model_name='initiative',
                name='narrative_fr',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='Markdown. What was planned, done and left undone. To cite a source of the claims, write its address: [@address-of-the-source, para. 3].', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='narrative'),
            ),
        ]),
    ]
