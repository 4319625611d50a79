"""Load a release into an empty casebook."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from exchange.releases import InvalidRelease, OpenedRelease, opened
from publishing.actions import loading
from publishing.refusals import Refusal


class Command(BaseCommand):
    """Loads all revisions of a release with its history, or else the newest of each entry, and verifies them.

    With the history the chain ends in the same head. Without it, the digest of all entries is the same.
    """

    help = "Load a release, a folder or a zip file, into an empty casebook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which release, and who publishes it where its authors are not known."""
        parser.add_argument("release", type=Path, help="the folder or the zip file")
        parser.add_argument("--by", help="the user name that publishes it, for a release without its history")

    def handle(self, *args: Any, release: Path, by: str | None = None, **options: Any) -> None:
        """Nothing is written before every file was read and found right, and then all of it or nothing."""
        try:
            with opened(release) as read:
                head = self._load(read, by)
        except (InvalidRelease, loading.InvalidRevisions) as error:
            raise CommandError(str(error)) from error
        except (Refusal, DatabaseError) as error:
            raise CommandError(f"Nothing was loaded: {error}") from error
        call_command("verify", stdout=self.stdout, stderr=self.stderr)
        self.stdout.write(f"SHA-256 of the manifest: {read.digest}")
        self.stdout.write(f"Digest of the snapshots: {read.manifest['content']}")
        self.stdout.write(f"Head of the chain: {head}")
        self.stdout.write("The files of pictures are in no release: copy them into MEDIA_ROOT.")

    def _load(self, read: OpenedRelease, by: str | None) -> str:
        if not read.has_history:
            if not by:
                raise CommandError("This release has no history: say with --by which account publishes it.")
            account = get_user_model()._default_manager.filter(username=by).first()
            if account is None:
                raise CommandError(f"There is no account {by}: createsuperuser makes one.")
            return loading.load_newest(read.lines(), by=account)
        head = loading.load_history(read.lines())
        if head != read.manifest["head"]:
            raise loading.InvalidRevisions(f"The chain ends in {head}, and not in {read.manifest['head']}.")
        return head
