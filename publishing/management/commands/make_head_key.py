"""Make the key that signs the head of the chain."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publishing import head_keys


class Command(BaseCommand):
    """Writes a new key to a new file, and prints the public key, which anybody may know."""

    help = "Make a key that signs the head of the chain, in a new file, for HEAD_KEY."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the key goes."""
        parser.add_argument("file", type=Path, help="a new file, outside the database and its backups")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """No file is written over: with the key, what it signed would lose its proof."""
        try:
            public = head_keys.write_new_key(file)
        except OSError as error:
            raise CommandError(f"No key was made: {error}") from error
        self.stdout.write(f"HEAD_KEY={file.resolve()}\nIts public key, to be kept elsewhere: {public}")
