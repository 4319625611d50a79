"""The order of cases, and their class, are read from sets of bits: no statement asks for these indexes."""

from django.db import migrations


class Migration(migrations.Migration):
    """Drops two indexes; going back makes them again."""

    dependencies = [
        ("cases", "0007_index_lists_of_cases_and_initiatives"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="case", name="case_list_oldest_first"),
        migrations.RemoveIndex(model_name="case", name="case_list_by_class"),
    ]
