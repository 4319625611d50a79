"""Put plainer what editors read beside fields and of constraints; no row changes."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_make_a_group_for_each_role'),
        ('auth', '0012_alter_user_first_name_max_length'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='mail',
            options={'ordering': ['-created_at', '-pk'], 'verbose_name': 'email', 'verbose_name_plural': 'emails'},
        ),
        migrations.AlterField(
            model_name='invitation',
            name='address',
            field=models.EmailField(max_length=254, verbose_name='email address'),
        ),
        migrations.AlterField(
            model_name='mail',
            name='next_try_at',
            field=models.DateTimeField(verbose_name='next attempt at'),
        ),
        migrations.AlterField(
            model_name='mail',
            name='tries',
            field=models.PositiveIntegerField(default=0, verbose_name='attempts'),
        ),
        migrations.AlterConstraint(
            model_name='invitation',
            name='invitation_language_is_in_vocabulary',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['en', 'ar', 'fr', 'bs', 'prs', 'id', 'ku', 'ps', 'fa', 'pt', 'ru', 'so', 'es', 'tr', 'und'])), name='invitation_language_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
        ),
    ]
