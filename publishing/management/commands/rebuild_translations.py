"""Work out again how old every text is and what is translated."""

from typing import Any

from django.core.management.base import BaseCommand

from publishing.translations import bookkeeping


class Command(BaseCommand):
    """Repairs what `verify` reports about translations; the revisions are only read."""

    help = "Work out again, from all revisions, how old every text is and which translations are behind."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild all entries and report their number."""
        self.stdout.write(
            f"{bookkeeping.rebuild_all()} entries: the ages of their texts follow their revisions."
        )
