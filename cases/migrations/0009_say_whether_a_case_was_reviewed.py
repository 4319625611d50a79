from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0008_drop_indexes_that_no_list_is_read_along'),
        ('pillars', '0005_say_how_a_text_cites'),
        ('publishing', '0020_let_readers_search_all_entries'),
        ('sources', '0008_know_actors_of_ucdp'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='case',
            name='case_sidedness_is_in_vocabulary',
        ),
        migrations.AddField(
            model_name='case',
            name='review',
            field=models.CharField(choices=[('reviewed', 'Reviewed by editors'), ('coded', 'Coded by a dataset, not reviewed')], default='reviewed', help_text='Whether editors have read its sources, or all that it says is a record of a dataset.', max_length=30, verbose_name='review'),
        ),
        migrations.AlterField(
            model_name='case',
            name='sidedness',
            field=models.CharField(choices=[('unilateral', 'Unilateral'), ('bilateral', 'Bilateral'), ('multilateral', 'Multilateral'), ('unclear', 'Unclear')], max_length=30, verbose_name='sides'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('sidedness__in', ['unilateral', 'bilateral', 'multilateral', 'unclear'])), name='case_sidedness_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('review__in', ['reviewed', 'coded'])), name='case_review_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
        ),
    ]
