"""Remember how far translators came."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0024_count_the_words_of_translations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TranslatorsPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('ar', 'Arabic'), ('fr', 'French')], max_length=30, verbose_name='language')),
                ('kind', models.CharField(blank=True, max_length=50)),
                ('after', models.CharField(blank=True, max_length=300)),
                ('day', models.DateField()),
                ('texts', models.PositiveIntegerField(default=0)),
                ('words', models.PositiveIntegerField(default=0)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('by', 'language'), name='one_place_of_a_translator_in_a_language'), models.CheckConstraint(condition=models.Q(('language__in', ['en', 'ar', 'fr'])), name='place_language_is_in_vocabulary', violation_error_message='That is not a value of this list.')],
            },
        ),
    ]
