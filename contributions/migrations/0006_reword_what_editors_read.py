"""Put plainer what editors read beside fields and of constraints; no row changes."""

from django.conf import settings
from django.db import migrations, models

from publishing.migration_operations import ChangeNoTable


class Migration(migrations.Migration):

    dependencies = [
        ('contributions', '0005_name_blocks_counters_and_checks'),
        ('publishing', '0008_reword_what_editors_read'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        ChangeNoTable([
            migrations.AlterField(
                model_name='contribution',
                name='mail',
                field=models.EmailField(blank=True, default='', max_length=254, verbose_name='email address'),
            ),
            migrations.AlterField(
                model_name='noticepreference',
                name='notices',
                field=models.CharField(choices=[('immediate', 'Immediately, one by one'), ('daily', 'Once a day, in one email'), ('none', 'Not at all')], default='daily', max_length=30, verbose_name='mail about contributions'),
            ),
            migrations.AlterField(
                model_name='sentlinkcheck',
                name='result',
                field=models.CharField(choices=[('works', 'Works'), ('moved', 'Works, but has moved for good'), ('gone', 'Gone'), ('refused', 'Answers, but not to us'), ('unreachable', 'Does not answer'), ('not_public', 'Not an address that we check')], max_length=30, verbose_name='result'),
            ),
            migrations.AlterConstraint(
                model_name='contribution',
                name='contribution_language_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('language__in', ['en', 'ar', 'fr'])), name='contribution_language_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='contribution',
                name='contribution_told_state_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('told_state__in', ['draft', 'submitted', 'in_review', 'needs_information', 'scheduled', 'accepted', 'partly_accepted', 'declined', 'withdrawn', 'superseded'])), name='contribution_told_state_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='noticepreference',
                name='notice_preference_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('notices__in', ['immediate', 'daily', 'none'])), name='notice_preference_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
            migrations.AlterConstraint(
                model_name='sentlinkcheck',
                name='sent_link_check_result_is_in_vocabulary',
                constraint=models.CheckConstraint(condition=models.Q(('result__in', ['works', 'moved', 'gone', 'refused', 'unreachable', 'not_public'])), name='sent_link_check_result_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
            ),
        ]),
    ]
