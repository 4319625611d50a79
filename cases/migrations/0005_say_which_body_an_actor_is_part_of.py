"""Let an actor say of which body it is a part."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_reword_what_editors_read'),
    ]

    operations = [
        migrations.AddField(
            model_name='actor',
            name='part_of',
            field=models.ForeignKey(blank=True, help_text='The body that it is an organ or a mission of; what it does counts for that body, too.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organs', to='cases.actor', verbose_name='part of'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('part_of', models.F('entry_ptr')), _negated=True), name='actor_is_part_of_another', violation_error_message='An actor cannot be part of itself.'),
        ),
    ]
