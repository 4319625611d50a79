"""Write the public site as files that open from a memory stick."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from exchange.offline import NotAnswered, PublishedMeanwhile, write_bundle


class Command(BaseCommand):
    """Writes all public pages, searchable, in every language, into an empty folder."""

    help = "Write the offline edition into an empty folder: open its index.html in any browser."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds the folder."""
        parser.add_argument("folder", type=Path, help="an empty folder, or one that is made")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Write it; raises CommandError where the folder is not empty or somebody publishes meanwhile."""
        with tqdm(desc="Offline edition", unit="page", disable=None) as bar:

            def report(done: int, known: int) -> None:
                bar.total = known
                bar.update(done - bar.n)

            try:
                bundle = write_bundle(folder, report)
            except (OSError, NotAnswered, PublishedMeanwhile) as error:
                raise CommandError(str(error)) from error
        megabytes = bundle.size / 1_000_000
        self.stdout.write(
            f"{bundle.pages} pages in {bundle.files} files, {megabytes:.1f} MB, are in {folder}."
        )
        self.stdout.write(f"Head of the chain: {bundle.head}")
