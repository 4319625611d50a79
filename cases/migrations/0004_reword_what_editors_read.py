"""Put plainer what editors read beside fields and of constraints; no row changes."""

import django.core.validators
import django.db.models.deletion
import publishing.fields.columns
from django.db import migrations, models

from publishing.migration_operations import ChangeNoTable


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_refuse_assessments_and_amounts_without_a_date'),
        ('pillars', '0004_reword_what_editors_read'),
        ('publishing', '0008_reword_what_editors_read'),
        ('sources', '0004_reword_what_editors_read'),
    ]

    operations = [
        ChangeNoTable([
            migrations.AlterField(
                model_name='case',
                name='finding_ar',
                field=models.CharField(blank=True, default='', help_text='One sentence: what was agreed, by whom, with whose help, and what came of it.', max_length=600, validators=[publishing.fields.columns.refuse_invisible], verbose_name='finding'),
            ),
            migrations.AlterField(
                model_name='case',
                name='finding_en',
                field=models.CharField(blank=True, default='', help_text='One sentence: what was agreed, by whom, with whose help, and what came of it.', max_length=600, validators=[publishing.fields.columns.refuse_invisible], verbose_name='finding'),
            ),
            migrations.AlterField(
                model_name='case',
                name='finding_fr',
                field=models.CharField(blank=True, default='', help_text='One sentence: what was agreed, by whom, with whose help, and what came of it.', max_length=600, validators=[publishing.fields.columns.refuse_invisible], verbose_name='finding'),
            ),
            migrations.AlterField(
                model_name='case',
                name='outcome_reason_ar',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='By what criterion, and what counts against this judgement.', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='how we judge'),
            ),
            migrations.AlterField(
                model_name='case',
                name='outcome_reason_en',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='By what criterion, and what counts against this judgement.', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='how we judge'),
            ),
            migrations.AlterField(
                model_name='case',
                name='outcome_reason_fr',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='By what criterion, and what counts against this judgement.', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='how we judge'),
            ),
            migrations.AlterField(
                model_name='case',
                name='picture',
                field=models.ForeignKey(blank=True, help_text='Shown at the top of the page. Upload it to the pictures first.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='sources.image', verbose_name='picture'),
            ),
            migrations.AlterField(
                model_name='participation',
                name='side_ar',
                field=models.CharField(blank=True, default='', help_text='The side it belongs to, where there are sides.', max_length=300, validators=[publishing.fields.columns.refuse_invisible], verbose_name='side'),
            ),
            migrations.AlterField(
                model_name='participation',
                name='side_en',
                field=models.CharField(blank=True, default='', help_text='The side it belongs to, where there are sides.', max_length=300, validators=[publishing.fields.columns.refuse_invisible], verbose_name='side'),
            ),
            migrations.AlterField(
                model_name='participation',
                name='side_fr',
                field=models.CharField(blank=True, default='', help_text='The side it belongs to, where there are sides.', max_length=300, validators=[publishing.fields.columns.refuse_invisible], verbose_name='side'),
            ),
            migrations.AlterField(
                model_name='participation',
                name='signatories_ar',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='Names and ranks as signed, one on each line.', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='who signed'),
            ),
            migrations.AlterField(
                model_name='participation',
                name='signatories_en',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='Names and ranks as signed, one on each line.', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='who signed'),
            ),
            migrations.AlterField(
                model_name='participation',
                name='signatories_fr',
                field=publishing.fields.columns.ProseField(blank=True, default='', help_text='Names and ranks as signed, one on each line.', validators=[django.core.validators.MaxLengthValidator(20000), publishing.fields.columns.refuse_invisible_in_prose], verbose_name='who signed'),
            ),
            migrations.AlterConstraint(
                model_name='actor',
                name='actor_type_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('actor_type__in', ['state', 'government', 'intergovernmental', 'mission', 'armed_group', 'military', 'political_party', 'coalition', 'civil_society', 'fund', 'person', 'other'])), name='actor_type_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='alias',
                name='alias_is_given_once',
                constraint=models.UniqueConstraint(fields=('actor', 'name'), name='alias_is_given_once', violation_error_message='That name is already in the list.'),
            ),
            migrations.AlterConstraint(
                model_name='alias',
                name='alias_language_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('language__in', ['en', 'ar', 'fr', 'bs', 'prs', 'id', 'ku', 'ps', 'fa', 'pt', 'ru', 'so', 'es', 'tr', 'und'])), name='alias_language_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='breach',
                name='breach_counts_name_their_reporter',
                constraint=models.CheckConstraint(condition=models.Q(('reported_by__isnull', False), models.Q(('incidents__isnull', True), ('injured__isnull', True), ('killed__isnull', True)), _connector='OR'), name='breach_counts_name_their_reporter', violation_error_message='A count needs a reporter: say who reports it.'),
            ),
            migrations.AlterConstraint(
                model_name='breach',
                name='breach_that_is_unattributed_names_nobody',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'unattributed'), _negated=True), ('attributed_to__isnull', True), _connector='OR'), name='breach_that_is_unattributed_names_nobody', violation_error_message='A breach that is not attributed cannot name anyone.'),
            ),
            migrations.AlterConstraint(
                model_name='breach',
                name='breach_is_verified_by_another_than_its_author',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'verified'), _negated=True), ('attributed_to__isnull', True), models.Q(('reported_by', models.F('attributed_to')), _negated=True), _connector='OR'), name='breach_is_verified_by_another_than_its_author', violation_error_message='An actor cannot verify a breach of its own.'),
            ),
            migrations.AlterConstraint(
                model_name='breach',
                name='breach_type_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('breach_type__in', ['direct_fire', 'indirect_fire', 'air_or_drone', 'explosive', 'clashes', 'troop_movement', 'reinforcement', 'failure_to_withdraw', 'detention', 'obstruction_of_monitors', 'obstruction_of_aid', 'harm_to_civilians', 'sexual_violence', 'child_recruitment', 'hostile_propaganda', 'other'])), name='breach_type_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='breach',
                name='breach_status_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('status__in', ['alleged', 'under_verification', 'verified', 'unattributed', 'disputed', 'denied'])), name='breach_status_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='case',
                name='case_class_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('ceasefire_class__in', ['unilateral_declaration', 'humanitarian_pause', 'cessation_of_hostilities', 'preliminary_ceasefire', 'definitive_ceasefire', 'ceasefire_related', 'political_accord_ending_fighting', 'unclear'])), name='case_class_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='case',
                name='case_scope_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('scope__in', ['countrywide', 'partial', 'local', 'cross_border', 'unclear'])), name='case_scope_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='case',
                name='case_written_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('written__in', ['text_known', 'written', 'unwritten', 'unclear'])), name='case_written_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='case',
                name='case_sidedness_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('sidedness__in', ['unilateral', 'bilateral', 'multilateral'])), name='case_sidedness_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='case',
                name='case_outcome_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['holding', 'expired', 'extended_or_replaced', 'superseded_by_settlement', 'collapsed', 'never_took_effect', 'disputed', 'unknown'])), name='case_outcome_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='document',
                name='document_type_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('document_type__in', ['agreement', 'declaration', 'annex', 'resolution', 'statement', 'report'])), name='document_type_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='event',
                name='event_type_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('event_type__in', ['fighting', 'talks', 'declaration', 'signature', 'entry_into_force', 'endorsement', 'implementation', 'extension', 'missed_deadline', 'political', 'end'])), name='event_type_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='funding',
                name='funding_currency_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('currency__in', ['USD', 'EUR', 'BAM', 'SAR', 'KWD', 'AED', 'QAR', 'GBP'])), name='funding_currency_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='funding',
                name='funding_nature_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('nature__in', ['grant', 'loan', 'credit', 'investment', 'mixed', 'earlier_obligation', 'unspecified'])), name='funding_nature_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='mechanism',
                name='mechanism_type_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('mechanism_type__in', ['monitoring', 'verification', 'enforcement', 'dispute_resolution', 'joint_commission', 'liaison'])), name='mechanism_type_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='mechanism',
                name='mechanism_status_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('status__in', ['agreed', 'operating', 'suspended', 'ended', 'never_established', 'unknown'])), name='mechanism_status_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='membership',
                name='membership_is_of_another',
                constraint=models.CheckConstraint(condition=models.Q(('actor', models.F('organisation')), _negated=True), name='membership_is_of_another', violation_error_message='An actor cannot be a member of itself.'),
            ),
            migrations.AlterConstraint(
                model_name='participation',
                name='participation_has_each_role_once',
                constraint=models.UniqueConstraint(fields=('case', 'actor', 'role'), name='participation_has_each_role_once', violation_error_message='That actor is already listed in that role.'),
            ),
            migrations.AlterConstraint(
                model_name='participation',
                name='participation_role_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('role__in', ['signatory', 'declaring_party', 'mediator', 'facilitator', 'host', 'witness', 'guarantor', 'monitor', 'enforcer', 'funder', 'endorser', 'belligerent_backer'])), name='participation_role_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='partner',
                name='partner_has_each_role_once',
                constraint=models.UniqueConstraint(fields=('initiative', 'actor', 'role'), name='partner_has_each_role_once', violation_error_message='That actor is already listed in that role.'),
            ),
            migrations.AlterConstraint(
                model_name='partner',
                name='partner_role_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('role__in', ['donor', 'lead', 'implementer', 'administrator', 'host', 'recipient'])), name='partner_role_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='place',
                name='place_type_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('place_type__in', ['country', 'territory', 'region', 'former_country'])), name='place_type_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='provision',
                name='provision_topic_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('topic__in', ['cessation', 'withdrawal', 'foreign_forces', 'monitoring', 'enforcement', 'dispute_resolution', 'disarmament', 'security_reform', 'prisoners', 'amnesty', 'humanitarian_access', 'freedom_of_movement', 'civilians', 'displaced', 'power_sharing', 'dialogue', 'territory', 'reconstruction', 'hate_speech', 'other'])), name='provision_topic_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='provision',
                name='provision_quotation_language_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('quotation_language__in', ['en', 'ar', 'fr', 'bs', 'prs', 'id', 'ku', 'ps', 'fa', 'pt', 'ru', 'so', 'es', 'tr', 'und', ''])), name='provision_quotation_language_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
        ]),
    ]
