import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from publishing.migration_operations import AlterIndexOfField


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('publishing', '0030_let_stuck_drafts_start_from_their_entries'),
    ]

    operations = [
        AlterIndexOfField(
            model_name='revision',
            name='entry',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='publishing.entry'),
        ),
        AlterIndexOfField(
            model_name='revision',
            name='author',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author'),
        ),
        AlterIndexOfField(
            model_name='proposal',
            name='base',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='publishing.revision', verbose_name='started from'),
        ),
        AlterIndexOfField(
            model_name='proposal',
            name='decided_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        AlterIndexOfField(
            model_name='proposal',
            name='claimed_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        AlterIndexOfField(
            model_name='proposal',
            name='meant_for',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='late_saves', to='publishing.proposal', verbose_name='meant for'),
        ),
        migrations.RemoveIndex(
            model_name='revision',
            name='changes_page_newest_first',
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(fields=['created_at', 'id', 'entry'], name='changes_page_newest_first'),
        ),
        migrations.RemoveIndex(
            model_name='revision',
            name='changes_page_by_class',
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(fields=['change_class', 'created_at', 'id', 'entry'], name='changes_page_by_class'),
        ),
        migrations.RemoveIndex(
            model_name='revision',
            name='changes_page_by_kind',
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(fields=['kind', 'created_at', 'id', 'entry'], name='changes_page_by_kind'),
        ),
        migrations.RemoveIndex(
            model_name='proposal',
            name='worker_what_is_due',
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(condition=models.Q(('publish_at__isnull', False)), fields=['publish_at'], name='worker_what_is_due'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(condition=models.Q(('claimed_by__isnull', False)), fields=['claimed_by'], name='desk_list_claimed'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(condition=models.Q(('meant_for__isnull', False)), fields=['meant_for'], name='late_saves_of_a_draft'),
        ),
    ]
