"""Work out again what the search finds."""

from typing import Any

from django.core.management.base import BaseCommand

from publishing.search_documents import rebuild_search


class Command(BaseCommand):
    """Mends what `verify` says of the search; wanted after a change of how words are compared."""

    help = "Work out again by what texts the search finds entries, and which words it knows."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many entries were done."""
        self.stdout.write(f"{rebuild_search()} entries: the search finds them by what they say now.")
