"""Entries are found by the initials of their names: what the search reads of each is written anew.

That happens once all tables are migrated: publishing.upgrades.
"""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0031_keep_no_index_that_nothing_asks'),
    ]

    operations = []
