"""Put plainer what editors read beside fields and of constraints; no row changes."""

import django.core.validators
import django.db.models.deletion
import publishing.fields.columns
from django.db import migrations, models

from publishing.migration_operations import ChangeNoTable


class Migration(migrations.Migration):

    dependencies = [
        ('pillars', '0003_let_a_section_show_a_picture'),
        ('publishing', '0008_reword_what_editors_read'),
        ('sources', '0004_reword_what_editors_read'),
    ]

    operations = [
        ChangeNoTable([
            migrations.AlterField(
                model_name='evidence',
                name='reason_ar',
                field=models.CharField(blank=True, default='', help_text='One line: what in the entry supports or limits this section, and how.', max_length=300, validators=[publishing.fields.columns.refuse_invisible], verbose_name='reason'),
            ),
            migrations.AlterField(
                model_name='evidence',
                name='reason_en',
                field=models.CharField(blank=True, default='', help_text='One line: what in the entry supports or limits this section, and how.', max_length=300, validators=[publishing.fields.columns.refuse_invisible], verbose_name='reason'),
            ),
            migrations.AlterField(
                model_name='evidence',
                name='reason_fr',
                field=models.CharField(blank=True, default='', help_text='One line: what in the entry supports or limits this section, and how.', max_length=300, validators=[publishing.fields.columns.refuse_invisible], verbose_name='reason'),
            ),
            migrations.AlterField(
                model_name='evidence',
                name='role',
                field=models.CharField(choices=[('illustrates', 'Illustrates'), ('contradicts', 'Counts against'), ('limits', 'Shows the limits'), ('origin', 'Origin')], max_length=30, verbose_name='what it does'),
            ),
            migrations.AlterField(
                model_name='section',
                name='kind',
                field=models.CharField(choices=[('what_it_is', 'What it is'), ('role', 'Who does what'), ('approach_area', 'Approach area'), ('significance', 'Why it matters'), ('challenge', 'Challenge'), ('outlook', 'Outlook')], max_length=30, verbose_name='kind'),
            ),
            migrations.AlterField(
                model_name='section',
                name='picture',
                field=models.ForeignKey(blank=True, help_text='Shown below the heading. Upload it to the pictures first.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='sources.image', verbose_name='picture'),
            ),
            migrations.AlterField(
                model_name='term',
                name='forms_ar',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='Plurals, definite forms, synonyms: one on each line, as texts write them.', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='other forms'),
            ),
            migrations.AlterField(
                model_name='term',
                name='forms_en',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='Plurals, definite forms, synonyms: one on each line, as texts write them.', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='other forms'),
            ),
            migrations.AlterField(
                model_name='term',
                name='forms_fr',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='Plurals, definite forms, synonyms: one on each line, as texts write them.', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='other forms'),
            ),
            migrations.AlterField(
                model_name='term',
                name='group',
                field=models.CharField(choices=[('fighting_stops', 'How fighting stops'), ('who_takes_part', 'Who takes part'), ('what_is_agreed', 'What is agreed'), ('carried_out', 'How it is implemented'), ('breaches', 'Breaches'), ('reconstruction', 'Reconstruction'), ('sources', 'Sources')], max_length=30, verbose_name='group'),
            ),
            migrations.AlterField(
                model_name='term',
                name='is_linked',
                field=models.BooleanField(default=True, help_text='Say no for words that are also ordinary words, such as “party” or “case”.', verbose_name='linked in texts'),
            ),
            migrations.AlterConstraint(
                model_name='evidence',
                name='evidence_is_given_once_in_its_section',
                constraint=models.UniqueConstraint(fields=('section', 'entry', 'role'), name='evidence_is_given_once_in_its_section', violation_error_message='That entry is already in this section.'),
            ),
            migrations.AlterConstraint(
                model_name='evidence',
                name='evidence_role_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('role__in', ['illustrates', 'contradicts', 'limits', 'origin'])), name='evidence_role_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='section',
                name='section_kind_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['what_it_is', 'role', 'approach_area', 'significance', 'challenge', 'outlook'])), name='section_kind_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='term',
                name='term_group_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('group__in', ['fighting_stops', 'who_takes_part', 'what_is_agreed', 'carried_out', 'breaches', 'reconstruction', 'sources'])), name='term_group_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
        ]),
    ]
