"""Note where the files of a release are."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publishing.actions.recording_releases import record_files
from publishing.refusals import Refusal


class Command(BaseCommand):
    """Notes the address of the files of a release, to which its page then leads."""

    help = "Note where the files of a release are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The version and the address."""
        parser.add_argument("version", help="as the list of releases has it")
        parser.add_argument("address", help="as in https://zenodo.org/records/1234567")

    def handle(self, *args: Any, version: str, address: str, **options: Any) -> None:
        """Note it; raises CommandError where there is no such release, or no address."""
        try:
            release = record_files(version, address)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"Release {release.version} has its files at {release.files}.")
