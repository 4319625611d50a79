"""Publish the starter content."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal.actions import not_yet_present, publish_starter
from portal.starter.reading import InvalidStarterFile, read_all
from publishing.rules import Refusal


class Command(BaseCommand):
    """Publishes the starter entries that do not exist yet; existing entries do not change."""

    help = "Publish the starter content that the casebook does not have yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds --by and --quiet-if-complete."""
        parser.add_argument("--by", required=True, help="the user name that publishes it")
        parser.add_argument(
            "--quiet-if-complete", action="store_true", help="say nothing where nothing is new"
        )

    def handle(self, *args: Any, by: str, quiet_if_complete: bool = False, **options: Any) -> None:
        """Read all files, then publish the entries one by one."""
        user = get_user_model().objects.filter(username=by).first()
        if user is None:
            raise CommandError(f"There is no account named {by}.")
        try:
            snapshots = not_yet_present(all_snapshots := read_all())
            if quiet_if_complete and not snapshots:
                return
            logging.getLogger("publishing").setLevel(logging.WARNING)
            bar = tqdm(
                publish_starter(snapshots, by=user),
                total=len(snapshots),
                desc="Starter content",
                unit="entry",
            )
            new = sum(1 for _revision in bar)
        except (InvalidStarterFile, Refusal) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{new} entries published, {len(all_snapshots) - new} were there already.")
