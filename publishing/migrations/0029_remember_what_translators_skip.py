"""Remember which texts translators skipped, and when."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0028_remember_what_was_practised'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SkippedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('ar', 'Arabic'), ('fr', 'French')], max_length=30, verbose_name='language')),
                ('path', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='publishing.entry')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('by', 'language', 'entry', 'path'), name='text_is_skipped_once_by_each'), models.CheckConstraint(condition=models.Q(('language__in', ['en', 'ar', 'fr'])), name='skipped_text_language_is_in_vocabulary', violation_error_message='That is not a value of this list.')],
            },
        ),
    ]
