"""Assessments, funding and results have a date: the models always said so, and the tables did not."""

from django.db import migrations

import publishing.fields.partial_dates


class Migration(migrations.Migration):
    """Refuse rows without a date."""

    dependencies = [("cases", "0002_let_a_case_show_a_picture")]

    operations = [
        migrations.AlterField(
            model_name="assessment",
            name="assessed_on",
            field=publishing.fields.partial_dates.PartialDateField(blank=False, null=False, verbose_name="as of"),
        ),
        migrations.AlterField(
            model_name="funding",
            name="as_of",
            field=publishing.fields.partial_dates.PartialDateField(blank=False, null=False, verbose_name="as of"),
        ),
        migrations.AlterField(
            model_name="result",
            name="as_of",
            field=publishing.fields.partial_dates.PartialDateField(blank=False, null=False, verbose_name="as of"),
        ),
    ]
