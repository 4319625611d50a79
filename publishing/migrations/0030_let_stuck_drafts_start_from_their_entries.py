"""Let drafts of new entries, of which somebody else has made the entry since, start from that entry.

A draft that was begun from a dataset's record could never be published once the dataset's own proposal was
accepted; now the dataset's proposal waits for the draft. How much a draft changes, as the queue shows it, is
counted anew when it is saved next.
"""

from typing import Any

from django.db import migrations

# As they were called when this was written.
OPEN = ('draft', 'needs_information', 'submitted', 'in_review', 'scheduled')


def start_from_entries(apps: Any, schema_editor: Any) -> None:
    """From the first revision: what was published since is merged when the draft is, as of any other."""
    alias = schema_editor.connection.alias
    revisions = apps.get_model('publishing', 'Revision').objects.using(alias)
    proposals = apps.get_model('publishing', 'Proposal').objects.using(alias)
    new = proposals.filter(state__in=OPEN, origin='editor', base=None, entry=None, is_practice=False)
    for proposal in new.iterator(chunk_size=200):
        first = revisions.filter(entry_id=proposal.snapshot['id']).order_by('number').first()
        if first is not None:
            proposals.filter(pk=proposal.pk).update(base_id=first.pk, entry_id=first.entry_id)


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0029_remember_what_translators_skip'),
    ]

    operations = [
        migrations.RunPython(start_from_entries, migrations.RunPython.noop),
    ]
