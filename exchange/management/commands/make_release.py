"""Write all that is published as a release."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchange.releases import PublishedMeanwhile, recording, write_release
from publishing.refusals import Refusal


class Command(BaseCommand):
    """Writes tables, snapshots, an SQLite file, the codebook and their descriptions into an empty folder."""

    help = "Write all that is published into an empty folder, as files to deposit and to cite."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds the folder, and --with-history."""
        parser.add_argument("folder", type=Path, help="an empty folder, or one that is made")
        parser.add_argument("--record", action="store_true", help="list it for ever among the releases")
        parser.add_argument(
            "--with-history",
            action="store_true",
            help="with all revisions, for a copy of the casebook: it holds what is not public",
        )

    def handle(
        self, *args: Any, folder: Path, with_history: bool = False, record: bool = False, **options: Any
    ) -> None:
        """Write it; raises CommandError where the folder is not empty or somebody goes on publishing."""
        if record and with_history:
            raise CommandError("What is listed is public, and a history holds what is not public.")
        try:
            release = write_release(folder, with_history=with_history)
            if record:
                recording.record(folder, release)
        except (OSError, PublishedMeanwhile, Refusal) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Release {release.version} of {release.entries} entries is in {folder}.")
        self.stdout.write(f"Head of the chain: {release.head}")
        self.stdout.write(f"Digest of the snapshots: {release.content}")
