"""Make a backup: the database, the pictures and a manifest, in one file."""

import os
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from portal import backups
from portal.private_files import UMASK
from sources.pictures import stored_files


class Command(BaseCommand):
    """Makes a backup while the casebook runs; it is whole and was read back, or it is not there."""

    help = "Back up the database and the pictures into one file, which `restore` reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and how many to keep."""
        parser.add_argument("--to", type=Path, default=settings.BACKUP_FOLDER, help="the folder")
        parser.add_argument("--keep", type=int, help="delete all but so many backups of the folder")

    def handle(self, *args: Any, to: Path, keep: int | None = None, **options: Any) -> None:
        """Older backups go only after the new one is there."""
        if keep is not None and keep < 1:
            raise CommandError("--keep must be at least 1.")
        os.umask(UMASK)
        try:
            with TemporaryDirectory(prefix="sulh-") as folder:
                file, head = backups.save(Path(folder))
                pictures = {f"media/{path.name}": path for _digest, path in stored_files()}
                contents = {file.name: file, **pictures}
                made = backups.write_backup(to, contents, vendor=connection.vendor, head=head)
            gone = [] if keep is None else backups.keep_newest(to, keep)
        except (OSError, DatabaseError, backups.CannotCopy, backups.InvalidBackup) as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(
            f"{made}: {made.stat().st_size / 1e6:.1f} MB, {len(pictures)} files of pictures, the chain ends "
            f"in {head or 'nothing'}; {len(gone)} older ones deleted."
        )
