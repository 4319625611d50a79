"""Keep when the worker ran, so that the desk can say that it does not."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0014_keep_what_a_sent_form_was_told'),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkerTurn',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('ended_at', models.DateTimeField(verbose_name='ended at')),
            ],
            options={
                'verbose_name': 'turn of the worker',
                'verbose_name_plural': 'turns of the worker',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='worker_turn_is_the_only_one')],
            },
        ),
    ]
