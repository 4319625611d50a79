"""Put plainer what editors read beside fields and of constraints; no row changes."""

import django.db.models.deletion
import publishing.fields.columns
from django.db import migrations, models

from publishing.migration_operations import ChangeNoTable


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0008_reword_what_editors_read'),
        ('sources', '0003_add_pictures'),
    ]

    operations = [
        ChangeNoTable([
            migrations.AlterModelOptions(
                name='linkcheck',
                options={'ordering': ['-checked_at', '-pk'], 'verbose_name': 'check of a link', 'verbose_name_plural': 'checks of links'},
            ),
            migrations.AlterField(
                model_name='claim',
                name='source',
                field=models.ForeignKey(blank=True, help_text='Leave it empty rather than naming a source that does not say so.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cited_in', to='sources.source', verbose_name='source'),
            ),
            migrations.AlterField(
                model_name='image',
                name='alternative_ar',
                field=models.CharField(blank=True, default='', help_text='What the picture tells, for people who cannot see it; not what it looks like.', max_length=500, validators=[publishing.fields.columns.refuse_invisible], verbose_name='alternative text'),
            ),
            migrations.AlterField(
                model_name='image',
                name='alternative_en',
                field=models.CharField(blank=True, default='', help_text='What the picture tells, for people who cannot see it; not what it looks like.', max_length=500, validators=[publishing.fields.columns.refuse_invisible], verbose_name='alternative text'),
            ),
            migrations.AlterField(
                model_name='image',
                name='alternative_fr',
                field=models.CharField(blank=True, default='', help_text='What the picture tells, for people who cannot see it; not what it looks like.', max_length=500, validators=[publishing.fields.columns.refuse_invisible], verbose_name='alternative text'),
            ),
            migrations.AlterField(
                model_name='image',
                name='credit_ar',
                field=models.CharField(blank=True, default='', help_text='Who made the picture, as they want to be named.', max_length=300, validators=[publishing.fields.columns.refuse_invisible], verbose_name='credit'),
            ),
            migrations.AlterField(
                model_name='image',
                name='credit_en',
                field=models.CharField(blank=True, default='', help_text='Who made the picture, as they want to be named.', max_length=300, validators=[publishing.fields.columns.refuse_invisible], verbose_name='credit'),
            ),
            migrations.AlterField(
                model_name='image',
                name='credit_fr',
                field=models.CharField(blank=True, default='', help_text='Who made the picture, as they want to be named.', max_length=300, validators=[publishing.fields.columns.refuse_invisible], verbose_name='credit'),
            ),
            migrations.AlterField(
                model_name='linkcheck',
                name='result',
                field=models.CharField(choices=[('works', 'Works'), ('moved', 'Works, but has moved for good'), ('gone', 'Gone'), ('refused', 'Answers, but not to us'), ('unreachable', 'Does not answer'), ('not_public', 'Not an address that we check')], max_length=30, verbose_name='result'),
            ),
            migrations.AlterConstraint(
                model_name='claim',
                name='claim_locator_and_quotation_come_from_a_source',
                constraint=models.CheckConstraint(condition=models.Q(('source__isnull', False), models.Q(('locator', ''), ('quotation', '')), _connector='OR'), name='claim_locator_and_quotation_come_from_a_source', violation_error_message='A page reference or a quotation needs the source that it comes from.'),
            ),
            migrations.AlterConstraint(
                model_name='claim',
                name='claim_stance_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('stance__in', ['supports', 'differs', 'context'])), name='claim_stance_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='claim',
                name='claim_confidence_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('confidence__in', ['high', 'medium', 'low'])), name='claim_confidence_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='claim',
                name='claim_quotation_language_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('quotation_language__in', ['en', 'ar', 'fr', 'bs', 'prs', 'id', 'ku', 'ps', 'fa', 'pt', 'ru', 'so', 'es', 'tr', 'und', ''])), name='claim_quotation_language_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='externalid',
                name='external_id_is_given_once',
                constraint=models.UniqueConstraint(fields=('entry', 'scheme', 'value'), name='external_id_is_given_once', violation_error_message='That number is already in the list.'),
            ),
            migrations.AlterConstraint(
                model_name='externalid',
                name='external_id_scheme_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('scheme__in', ['pa_x', 'eth_prio', 'ucdp_agreement', 'ucdp_conflict', 'pam'])), name='external_id_scheme_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='image',
                name='image_licence_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('licence__in', ['public_domain', 'cc0', 'cc_by_2', 'cc_by_3', 'cc_by_4', 'cc_by_sa_2', 'cc_by_sa_3', 'cc_by_sa_4', 'united_nations', 'by_permission', 'other'])), name='image_licence_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='linkcheck',
                name='link_check_result_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('result__in', ['works', 'moved', 'gone', 'refused', 'unreachable', 'not_public'])), name='link_check_result_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='source',
                name='source_type_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('source_type__in', ['agreement_text', 'un_document', 'official_statement', 'dataset', 'academic', 'report', 'news'])), name='source_type_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='source',
                name='source_language_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('language__in', ['en', 'ar', 'fr', 'bs', 'prs', 'id', 'ku', 'ps', 'fa', 'pt', 'ru', 'so', 'es', 'tr', 'und'])), name='source_language_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='source',
                name='source_reliability_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('reliability__in', ['primary', 'institutional', 'scholarly', 'journalism', 'partisan', 'ungraded'])), name='source_reliability_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='source',
                name='source_identifier_scheme_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('identifier_scheme__in', ['doi', 'un_symbol', 'isbn', 'record', ''])), name='source_identifier_scheme_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
        ]),
    ]
