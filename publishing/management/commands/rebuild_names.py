"""Work out again by what entries and proposals are found and sorted."""

from typing import Any

from django.core.management.base import BaseCommand

from publishing.names import rebuild_names


class Command(BaseCommand):
    """Mends what `verify` says of names; of an entry only its place in lists changes."""

    help = "Work out again by what entries and proposals are found, and how they are sorted in each language."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many entries were done."""
        self.stdout.write(f"{rebuild_names()} entries: they are found and sorted by what they say now.")
