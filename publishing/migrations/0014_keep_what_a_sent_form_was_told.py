"""A form that is sent twice is told the second time what it was told at first; those of before say nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0013_answer_a_form_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='sentform',
            name='told',
            field=models.TextField(blank=True, default=''),
        ),
    ]
