"""Index what the front page counts of cases: their outcomes, but for those that were only coded."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_say_whether_a_case_was_reviewed'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['outcome', 'review', 'entry_ptr'], name='front_page_by_outcome'),
        ),
    ]
