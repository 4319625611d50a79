"""Write all that is published as a release."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchange.releases import PublishedMeanwhile, write_release


class Command(BaseCommand):
    """Writes tables, snapshots, an SQLite file, the codebook and their descriptions into an empty folder."""

    help = "Write all that is published into an empty folder, as files to deposit and to cite."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds the folder."""
        parser.add_argument("folder", type=Path, help="an empty folder, or one that is made")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Write it; raises CommandError where the folder is not empty or somebody goes on publishing."""
        try:
            release = write_release(folder)
        except (OSError, PublishedMeanwhile) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Release {release.version} of {release.entries} entries is in {folder}.")
        self.stdout.write(f"Head of the chain: {release.head}")
        self.stdout.write(f"Digest of the snapshots: {release.content}")
