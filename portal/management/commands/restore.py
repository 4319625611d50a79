"""Restore a backup."""

import os
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from portal import backups
from portal.private_files import UMASK


class Command(BaseCommand):
    """Puts a backup in the place of the database, adds its pictures, and checks the chain of revisions.

    Nobody stays signed in: whoever signed out after the backup would be signed in again.
    """

    help = "Restore what `backup` made; a database with content is replaced only with --replace."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which backup, and whether it may replace what is there."""
        parser.add_argument("file", type=Path, help="the backup")
        parser.add_argument("--replace", action="store_true", help="give up what the database holds now")

    def handle(self, *args: Any, file: Path, replace: bool = False, **options: Any) -> None:
        """Nothing changes before the whole backup was read and found right."""
        os.umask(UMASK)
        try:
            with backups.unpacked(file) as (manifest, folder):
                self._refuse(manifest, replace)
                backups.load(folder)
                _add_pictures(folder / "media")
        except (OSError, backups.CannotCopy, backups.InvalidBackup) as error:
            raise CommandError(str(error)) from error
        # The backup may be of an earlier release.
        call_command("migrate", verbosity=0)
        Session.objects.all().delete()
        call_command("verify", stdout=self.stdout, stderr=self.stderr)
        if backups.head() != manifest.head:
            raise CommandError(f"The chain ends in {backups.head()}, and not in {manifest.head}.")
        self.stdout.write(
            f"Restored what was there at {manifest.made_at}; the chain ends in {manifest.head}."
        )

    def _refuse(self, manifest: backups.Manifest, replace: bool) -> None:
        if manifest.vendor != connection.vendor:
            raise CommandError(f"The backup is of {manifest.vendor}, our database of {connection.vendor}.")
        if not replace and backups.has_content():
            raise CommandError(
                "The database holds entries or accounts, or cannot be read. --replace gives them up; "
                "`manage.py backup` keeps them first."
            )


def _add_pictures(folder: Path) -> None:
    """Add the pictures; those that are there already are named by the same content."""
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.webp"):
        there = settings.MEDIA_ROOT / path.name
        partial = there.with_suffix(".partial")
        shutil.copyfile(path, partial)
        partial.chmod(0o644)
        os.replace(partial, there)
