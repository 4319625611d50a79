"""Keep what forms of the desk were answered with, so that a form that is sent twice is answered once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('publishing', '0012_store_whether_an_entry_is_in_use'),
    ]

    operations = [
        migrations.CreateModel(
            name='SentForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_digest', models.CharField(max_length=64)),
                ('token', models.CharField(blank=True, default='', max_length=22)),
                ('address', models.CharField(blank=True, default='', max_length=1000)),
                ('page', models.TextField(blank=True, default='')),
                ('sent_at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'sent form',
                'verbose_name_plural': 'sent forms',
                'indexes': [models.Index(fields=['by', 'token'], name='form_what_it_made')],
                'constraints': [models.UniqueConstraint(fields=('by', 'content_digest'), name='sent_form_is_answered_once')],
            },
        ),
    ]
