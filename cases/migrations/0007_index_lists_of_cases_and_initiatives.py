
import publishing.fields.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0006_say_how_a_text_cites'),
        ('pillars', '0005_say_how_a_text_cites'),
        ('publishing', '0014_keep_what_a_sent_form_was_told'),
        ('sources', '0006_name_publishers_in_each_language'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='case',
            name='case_list_newest_first',
        ),
        migrations.RemoveIndex(
            model_name='case',
            name='case_list_by_outcome',
        ),
        migrations.RemoveIndex(
            model_name='case',
            name='case_list_by_class',
        ),
        migrations.RemoveIndex(
            model_name='initiative',
            name='initiative_list_newest_first',
        ),
        migrations.AddIndex(
            model_name='case',
            index=publishing.fields.indexes.ListIndex(models.OrderBy(models.F('declared_on'), descending=True, nulls_last=True), models.F('entry_ptr'), name='case_list_newest_first'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['declared_on', 'entry_ptr'], name='case_list_oldest_first'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=publishing.fields.indexes.ListIndex(models.F('outcome'), models.OrderBy(models.F('declared_on'), descending=True, nulls_last=True), models.F('entry_ptr'), name='case_list_by_outcome'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=publishing.fields.indexes.ListIndex(models.F('ceasefire_class'), models.OrderBy(models.F('declared_on'), descending=True, nulls_last=True), models.F('entry_ptr'), name='case_list_by_class'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=publishing.fields.indexes.ListIndex(models.OrderBy(models.F('began_on'), descending=True, nulls_last=True), models.F('entry_ptr'), name='initiative_list_newest_first'),
        ),
        migrations.AddIndex(
            model_name='participation',
            index=models.Index(fields=['actor', 'role', 'case'], name='case_list_by_actor_and_role'),
        ),
        migrations.AddIndex(
            model_name='participation',
            index=models.Index(fields=['role', 'case'], name='case_list_by_role'),
        ),
    ]
