"""Work out again which entries are in use, so that readers see their pages."""

from typing import Any

from django.core.management.base import BaseCommand

from publishing.actions.use import rebuild_use


class Command(BaseCommand):
    """Repairs what `verify` reports about the use of entries; run it once after the upgrade that adds it."""

    help = "Work out again, from all newest revisions, which entries nothing public uses."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild all entries and report how many were wrong."""
        self.stdout.write(f"{rebuild_use()} entries were marked wrongly and are marked rightly now.")
