"""Note the DOI that an archive gave to a release."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publishing.actions.recording_releases import record_doi
from publishing.refusals import Refusal


class Command(BaseCommand):
    """Notes the DOI of a release, which its page then says."""

    help = "Note the DOI that an archive gave to a release."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The version and the DOI."""
        parser.add_argument("version", help="as the list of releases has it")
        parser.add_argument("doi", help="as in 10.5281/zenodo.1234567")

    def handle(self, *args: Any, version: str, doi: str, **options: Any) -> None:
        """Note it; raises CommandError where there is no such release or DOI."""
        try:
            release = record_doi(version, doi)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"Release {release.version} has the DOI {release.doi}.")
