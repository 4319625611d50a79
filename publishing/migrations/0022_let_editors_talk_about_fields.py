"""Let editors talk about fields, watch entries, and read since when somebody else is in a form."""

import django.db.models.deletion
import django.utils.timezone
import publishing.fields.columns
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0021_list_releases_for_ever'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='presence',
            name='opened_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.CreateModel(
            name='FieldThread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(blank=True, default='', max_length=200)),
                ('opened_at', models.DateTimeField(auto_now_add=True, verbose_name='opened at')),
                ('resolved_at', models.DateTimeField(null=True, verbose_name='resolved at')),
                ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='field_threads', to='publishing.entry', verbose_name='entry')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='field_threads', to='publishing.proposal', verbose_name='proposal')),
                ('resolved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'thread at a field',
                'verbose_name_plural': 'threads at fields',
                'ordering': ['opened_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FieldComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000, validators=[publishing.fields.columns.refuse_invisible_in_prose], verbose_name='comment')),
                ('said_at', models.DateTimeField(auto_now_add=True, verbose_name='said at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='publishing.fieldthread')),
            ],
            options={
                'verbose_name': 'comment on a field',
                'verbose_name_plural': 'comments on fields',
                'ordering': ['said_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watches', to='publishing.entry')),
            ],
            options={
                'verbose_name': 'watch',
                'verbose_name_plural': 'watches',
            },
        ),
        migrations.AddConstraint(
            model_name='fieldthread',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entry__isnull', False), ('proposal', None)), models.Q(('entry', None), ('proposal__isnull', False)), _connector='OR'), name='thread_is_about_an_entry_or_a_draft'),
        ),
        migrations.AddConstraint(
            model_name='fieldthread',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolved_at', None), ('resolved_by', None)), models.Q(('resolved_at__isnull', False), ('resolved_by__isnull', False)), _connector='OR'), name='thread_was_resolved_at_some_time_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='fieldcomment',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='field_comment_says_something'),
        ),
        migrations.AddConstraint(
            model_name='watch',
            constraint=models.UniqueConstraint(fields=('by', 'entry'), name='entry_is_watched_once_by_each'),
        ),
    ]
