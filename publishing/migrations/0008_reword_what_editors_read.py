"""Put plainer what editors read beside fields and of constraints; no row changes."""

from django.conf import settings
from django.db import migrations, models

from publishing.migration_operations import ChangeNoTable


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0007_name_autosaves_and_saved_filters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        ChangeNoTable([
            migrations.AlterModelOptions(
                name='formautosave',
                options={'verbose_name': 'unsaved text', 'verbose_name_plural': 'unsaved text'},
            ),
            migrations.AlterField(
                model_name='decision',
                name='reason',
                field=models.CharField(blank=True, choices=[('unsourced', 'No source supports it'), ('contradicted', 'Better sources contradict it'), ('not_neutral', 'The wording takes a side'), ('out_of_scope', 'It does not belong in this record'), ('duplicate', 'The record already says it'), ('unclear', 'It is not clear what is meant'), ('other', 'Another reason, given in the note')], default='', max_length=30, verbose_name='reason'),
            ),
            migrations.AlterField(
                model_name='proposal',
                name='override_reason',
                field=models.TextField(blank=True, default='', verbose_name='why published against a rule'),
            ),
            migrations.AlterField(
                model_name='revision',
                name='override_reason',
                field=models.TextField(blank=True, default='', verbose_name='why published against a rule'),
            ),
            migrations.AlterField(
                model_name='savedfilter',
                name='is_shared',
                field=models.BooleanField(default=False, verbose_name='for everyone at the desk'),
            ),
            migrations.AlterConstraint(
                model_name='decision',
                name='decision_reason_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['unsourced', 'contradicted', 'not_neutral', 'out_of_scope', 'duplicate', 'unclear', 'other', ''])), name='decision_reason_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='decision',
                name='decision_verdict_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['accepted', 'declined', 'taken_back'])), name='decision_verdict_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='entry',
                name='entry_state_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['published', 'retracted'])), name='entry_state_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='proposal',
                name='proposal_origin_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['editor', 'public', 'import'])), name='proposal_origin_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='proposal',
                name='proposal_change_class_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('change_class__in', ['addition', 'correction', 'typo', 'retraction', 'restoration'])), name='proposal_change_class_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='proposal',
                name='proposal_note_language_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('note_language__in', ['en', 'ar', 'fr', 'bs', 'prs', 'id', 'ku', 'ps', 'fa', 'pt', 'ru', 'so', 'es', 'tr', 'und'])), name='proposal_note_language_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='proposal',
                name='proposal_state_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'in_review', 'needs_information', 'scheduled', 'accepted', 'partly_accepted', 'declined', 'withdrawn', 'superseded'])), name='proposal_state_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='revision',
                name='revision_change_class_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('change_class__in', ['addition', 'correction', 'typo', 'retraction', 'restoration'])), name='revision_change_class_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='revision',
                name='revision_note_language_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('note_language__in', ['en', 'ar', 'fr', 'bs', 'prs', 'id', 'ku', 'ps', 'fa', 'pt', 'ru', 'so', 'es', 'tr', 'und'])), name='revision_note_language_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='translation',
                name='translation_language_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('language__in', ['en', 'ar', 'fr'])), name='translation_language_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='translationcheck',
                name='translation_check_language_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('language__in', ['en', 'ar', 'fr'])), name='translation_check_language_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
        ]),
    ]
