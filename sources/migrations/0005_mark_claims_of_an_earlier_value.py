"""A claim may be of an earlier value; going back, it gives context."""

from typing import Any

from django.db import migrations, models


def give_context(apps: Any, schema_editor: Any) -> None:
    """There is no such stance before: the source still tells something about the fact."""
    claims = apps.get_model("sources", "Claim").objects.using(schema_editor.connection.alias)
    claims.filter(stance="earlier").update(stance="context")


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0009_let_whoever_changes_a_fact_confirm_its_sources'),
        ('sources', '0004_reword_what_editors_read'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='claim',
            name='claim_stance_is_in_vocabulary',
        ),
        migrations.AlterField(
            model_name='claim',
            name='stance',
            field=models.CharField(choices=[('supports', 'Says the same'), ('differs', 'Says otherwise'), ('context', 'Gives context'), ('earlier', 'Said of an earlier value')], default='supports', max_length=30, verbose_name='stance'),
        ),
        migrations.RunPython(migrations.RunPython.noop, give_context),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('stance__in', ['supports', 'differs', 'context', 'earlier'])), name='claim_stance_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
        ),
    ]
