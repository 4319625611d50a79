
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0016_let_names_say_the_kind_of_their_entry'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='entry',
            name='home_latest_changes',
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['-changed_at', 'id'], name='home_latest_changes'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['kind', '-changed_at', '-id'], name='desk_list_latest_changed'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('is_in_use', False)), fields=['-changed_at'], name='desk_home_unused'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['verify_by'], name='desk_home_to_verify'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['kind', 'slug', 'state', 'is_in_use', 'id'], name='sitemap_by_kind_and_slug'),
        ),
        migrations.AddIndex(
            model_name='entrynames',
            index=models.Index(fields=['kind', 'sort_key_en', 'entry'], name='list_by_title_en'),
        ),
        migrations.AddIndex(
            model_name='entrynames',
            index=models.Index(fields=['kind', 'sort_key_ar', 'entry'], name='list_by_title_ar'),
        ),
        migrations.AddIndex(
            model_name='entrynames',
            index=models.Index(fields=['kind', 'sort_key_fr', 'entry'], name='list_by_title_fr'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(fields=['-created_at', '-id', 'entry'], name='changes_page_newest_first'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(fields=['change_class', '-created_at', '-id', 'entry'], name='changes_page_by_class'),
        ),
        migrations.AddIndex(
            model_name='translation',
            index=models.Index(condition=models.Q(('stale_since__isnull', False)), fields=['stale_since', 'id'], name='desk_home_stale'),
        ),
    ]
