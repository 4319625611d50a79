from typing import Any

from django.db import migrations, models


def call_them_no_dates(apps: Any, schema_editor: Any) -> None:
    """Dates that can be read either way, which the table had no word for before, are not understood as dates."""
    every_note = apps.get_model('imports', 'ImportNote').objects.using(schema_editor.connection.alias)
    notes = every_note.filter(problem='either_way')
    notes.update(problem='no_date')


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0002_keep_a_sample_of_a_mapping'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='importnote', name='import_note_problem_is_in_vocabulary'),
        migrations.AlterField(
            model_name='importnote',
            name='problem',
            field=models.CharField(choices=[('no_number', 'It has no number, so it could not be found again.'), ('twice', 'Another row has the same number: %(value)s.'), ('no_name', 'Nothing in it can be its title.'), ('retracted', 'Its case was retracted here.'), ('waits', 'An earlier proposal of this record still waits; decide it first.'), ('several_cases', 'Several cases here hold its number.'), ('not_stored', 'It does not fit: %(value)s'), ('no_such_day', 'There is no such day: %(value)s.'), ('no_date', 'Not understood as a date: %(value)s.'), ('either_way', 'Either number may be the day, and the mapping does not say which comes first: %(value)s.'), ('not_in_order', 'It lies before the date of the declaration or of the start: %(value)s.'), ('unknown_code', 'The codebook has no such code: %(value)s.'), ('no_place', 'The casebook has no such place: %(value)s.'), ('no_actor', 'It is not known here who this is; it is asked at the desk: %(value)s.'), ('no_as_of', 'It does not say as of when the outcome is known: %(value)s.'), ('disagree', 'The rows of this record disagree: %(value)s.'), ('damaged', 'Its letters were damaged before we received it: %(value)s.'), ('shortened', 'It is too long, and was shortened: %(value)s.'), ('unseen', 'It holds characters that nobody sees: %(value)s.'), ('edited', 'Editors changed this meanwhile; theirs stays: %(value)s.')], max_length=30, verbose_name='what is wrong'),
        ),
        migrations.AddConstraint(
            model_name='importnote',
            constraint=models.CheckConstraint(condition=models.Q(('problem__in', ['no_number', 'twice', 'no_name', 'retracted', 'waits', 'several_cases', 'not_stored', 'no_such_day', 'no_date', 'either_way', 'not_in_order', 'unknown_code', 'no_place', 'no_actor', 'no_as_of', 'disagree', 'damaged', 'shortened', 'unseen', 'edited'])), name='import_note_problem_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
        ),
        migrations.RunPython(migrations.RunPython.noop, call_them_no_dates),
    ]
