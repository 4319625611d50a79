"""Publish the starter content."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal.actions import are_present, not_yet_present, publish_starter, publishable
from portal.starter.reading import InvalidStarterFile, all_keys, read_all
from publishing.rules import Refusal


class Command(BaseCommand):
    """Publishes the starter entries that do not exist yet; existing entries do not change.

    What a casebook cannot take, since its editors went another way, is left out and named.
    """

    help = "Publish the starter content that the casebook does not have yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds --by and --quiet-if-complete."""
        parser.add_argument("--by", required=True, help="the user name that publishes it")
        parser.add_argument(
            "--quiet-if-complete", action="store_true", help="say nothing where nothing is new"
        )

    def handle(self, *args: Any, by: str, quiet_if_complete: bool = False, **options: Any) -> None:
        """Read all files, then publish the entries that are missing."""
        user = get_user_model().objects.filter(username=by).first()
        if user is None:
            raise CommandError(f"There is no account named {by}.")
        try:
            # Most starts find it complete, and to read all of it takes seconds.
            if quiet_if_complete and are_present(all_keys()):
                return
            missing = not_yet_present(all_snapshots := read_all())
            snapshots, left_out = publishable(missing)
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
        present = len(all_snapshots) - len(missing)
        self.stdout.write(f"{new} entries published, {present} were there already.")
        if left_out:
            names = ", ".join(f"{one['kind']}/{one['fields']['slug']}" for one in left_out)
            why = "another entry has their address, or they point to an entry that is not public here"
            self.stdout.write(f"{len(left_out)} were left out, since {why}: {names}")
