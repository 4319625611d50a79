"""Let proposals keep what differs from the revision that they became."""

from django.db import migrations, models

import publishing.fields.columns


class Migration(migrations.Migration):

    dependencies = [
        ("publishing", "0025_remember_how_far_translators_came"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="difference",
            field=publishing.fields.columns.PackedField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("difference__isnull", True),
                    models.Q(("revision__isnull", False), ("snapshot__isnull", True)),
                    _connector="OR",
                ),
                name="proposal_differs_only_from_the_revision_that_it_became",
            ),
        ),
    ]
