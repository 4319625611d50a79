import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0009_say_whether_a_case_was_reviewed'),
        ('publishing', '0020_let_readers_search_all_entries'),
        ('sources', '0008_know_actors_of_ucdp'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Mapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.SlugField(max_length=60, unique=True, verbose_name='name')),
                ('rules', models.TextField(help_text='In TOML: which column is the number, the title, the dates, the codes.', verbose_name='rules')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'mapping',
                'verbose_name_plural': 'mappings',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('rules', ''), _negated=True), name='mapping_has_rules')],
            },
        ),
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('scheme', models.CharField(choices=[('pax', 'PA-X'), ('eth-prio', 'ETH/PRIO'), ('ucdp', 'UCDP'), ('csv', 'Another table, by a mapping')], max_length=30, verbose_name='dataset')),
                ('release', models.CharField(blank=True, default='', max_length=30, verbose_name='release')),
                ('file_name', models.CharField(max_length=200, verbose_name='file')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256 of the file')),
                ('state', models.CharField(choices=[('checking', 'Being checked, nothing proposed yet'), ('checked', 'Checked, nothing proposed yet'), ('running', 'Being read into proposals'), ('done', 'Read to its end'), ('accepting', 'Its proposals are being accepted'), ('cancelled', 'Cancelled'), ('failed', 'Could not be read to its end')], default='checking', max_length=30, verbose_name='state')),
                ('why', models.TextField(blank=True, default='', verbose_name='why it ended early')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('proposed', models.PositiveIntegerField(default=0, verbose_name='rows proposed')),
                ('unchanged', models.PositiveIntegerField(default=0, verbose_name='rows unchanged')),
                ('reported', models.PositiveIntegerField(default=0, verbose_name='rows reported')),
                ('accepted', models.PositiveIntegerField(default=0, verbose_name='proposals accepted')),
                ('done', models.PositiveIntegerField(default=0)),
                ('accepted_until', models.PositiveBigIntegerField(default=0)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='imported by')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.source', verbose_name='source of its claims')),
                ('mapping', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='imports.mapping', verbose_name='mapping')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ['-created_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ActorName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('catalogue', models.CharField(blank=True, default='', max_length=60, verbose_name='catalogue of actors')),
                ('number', models.CharField(blank=True, default='', max_length=60, verbose_name='number')),
                ('name', models.CharField(max_length=200, verbose_name='name in the dataset')),
                ('folded', models.CharField(editable=False, max_length=250)),
                ('answer', models.CharField(choices=[('open', 'Waits for an answer'), ('actor', 'An actor of the casebook'), ('nobody', 'Nobody in the casebook')], default='open', max_length=30, verbose_name='answer')),
                ('records', models.PositiveIntegerField(default=0, verbose_name='records')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.actor', verbose_name='actor')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
            ],
            options={
                'verbose_name': 'name of an actor',
                'verbose_name_plural': 'names of actors',
                'ordering': ['-records', 'name', 'pk'],
                'indexes': [models.Index(fields=['answer', '-records', 'name'], name='import_names_that_wait')],
                'constraints': [models.UniqueConstraint(fields=('catalogue', 'number', 'folded'), name='actor_name_is_asked_once'), models.CheckConstraint(condition=models.Q(models.Q(('actor__isnull', False), ('answer', 'actor')), models.Q(models.Q(('answer', 'actor'), _negated=True), ('actor__isnull', True)), _connector='OR'), name='actor_name_that_is_answered_says_whom'), models.CheckConstraint(condition=models.Q(('answer__in', ['open', 'actor', 'nobody'])), name='actor_name_answer_is_in_vocabulary', violation_error_message='That is not a value of this list.')],
            },
        ),
        migrations.CreateModel(
            name='ImportedRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=90, verbose_name='dataset')),
                ('number', models.CharField(max_length=60, verbose_name='number')),
                ('release', models.CharField(blank=True, default='', max_length=30, verbose_name='release')),
                ('digest', models.CharField(max_length=64)),
                ('entry_key', models.UUIDField(verbose_name='case')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='imports.importbatch', verbose_name='import')),
                ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='imported', to='publishing.proposal', verbose_name='proposal')),
            ],
            options={
                'verbose_name': 'imported record',
                'verbose_name_plural': 'imported records',
                'indexes': [models.Index(fields=['batch', 'id'], name='import_batch_in_order'), models.Index(fields=['entry_key'], name='import_records_of_a_case')],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'number'), name='imported_record_is_kept_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='imports.importbatch')),
            ],
            options={
                'ordering': ['batch', 'number'],
                'constraints': [models.UniqueConstraint(fields=('batch', 'number'), name='import_file_has_each_piece_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(verbose_name='row')),
                ('column', models.CharField(blank=True, default='', max_length=100, verbose_name='column')),
                ('problem', models.CharField(choices=[('no_number', 'It has no number, so it could not be found again.'), ('twice', 'Another row has the same number: %(value)s.'), ('no_name', 'Nothing in it can be its title.'), ('retracted', 'Its case was retracted here.'), ('waits', 'An earlier proposal of this record still waits; decide it first.'), ('several_cases', 'Several cases here hold its number.'), ('not_stored', 'It does not fit: %(value)s'), ('no_such_day', 'There is no such day: %(value)s.'), ('no_date', 'Not understood as a date: %(value)s.'), ('not_in_order', 'It lies before the date of the declaration or of the start: %(value)s.'), ('unknown_code', 'The codebook has no such code: %(value)s.'), ('no_place', 'The casebook has no such place: %(value)s.'), ('no_actor', 'It is not known here who this is; it is asked at the desk: %(value)s.'), ('no_as_of', 'It does not say as of when the outcome is known: %(value)s.'), ('disagree', 'The rows of this record disagree: %(value)s.'), ('damaged', 'Its letters were damaged before we received it: %(value)s.'), ('shortened', 'It is too long, and was shortened: %(value)s.'), ('unseen', 'It holds characters that nobody sees: %(value)s.'), ('edited', 'Editors changed this meanwhile; theirs stays: %(value)s.')], max_length=30, verbose_name='what is wrong')),
                ('value', models.CharField(blank=True, default='', max_length=200, verbose_name='what stands there')),
                ('refuses', models.BooleanField(default=False, verbose_name='not proposed for it')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='imports.importbatch')),
            ],
            options={
                'verbose_name': 'note on a row',
                'verbose_name_plural': 'notes on rows',
                'ordering': ['row', 'column', 'pk'],
                'indexes': [models.Index(fields=['batch', '-refuses', 'row', 'id'], name='import_notes_in_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('problem__in', ['no_number', 'twice', 'no_name', 'retracted', 'waits', 'several_cases', 'not_stored', 'no_such_day', 'no_date', 'not_in_order', 'unknown_code', 'no_place', 'no_actor', 'no_as_of', 'disagree', 'damaged', 'shortened', 'unseen', 'edited'])), name='import_note_problem_is_in_vocabulary', violation_error_message='That is not a value of this list.')],
            },
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(('scheme__in', ['pax', 'eth-prio', 'ucdp', 'csv'])), name='import_batch_scheme_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['checking', 'checked', 'running', 'done', 'accepting', 'cancelled', 'failed'])), name='import_batch_state_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(('rows__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('proposed'), '+', models.F('unchanged')), '+', models.F('reported')))), name='import_batch_adds_up'),
        ),
    ]
