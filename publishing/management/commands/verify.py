"""Check that nothing was changed behind the one door."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from publishing.integrity import broken_links, strayed_entries, strayed_names, strayed_translations
from publishing.models import Entry, Revision


class Command(BaseCommand):
    """Checks the chain of all revisions, and the tables against the newest; fails and names what is wrong."""

    help = "Check the digest chain of all revisions, and that the tables say what the newest revisions say."

    def handle(self, *args: Any, **options: Any) -> None:
        """Name each fault, first the chain's."""
        with transaction.atomic():
            faults = [*broken_links(), *strayed_entries(), *strayed_translations(), *strayed_names()]
            counted = Revision.objects.count(), Entry.objects.count()
        for fault in faults:
            self.stderr.write(f"{fault.where} {fault.what}")
        if faults:
            raise CommandError(f"{len(faults)} faults; the first: {faults[0].where} {faults[0].what}")
        self.stdout.write(
            f"{counted[0]} revisions and {counted[1]} entries: the chain holds, the tables agree."
        )
