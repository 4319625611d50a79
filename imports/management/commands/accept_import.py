"""Accept all that waits of an import."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from imports import actions
from imports.models import ImportBatch

# So many refusals are told one by one.
MOST_SHOWN = 20


class Command(BaseCommand):
    """Accepts the proposals of a batch, as a moderator would who looked at each; what is refused stays."""

    help = "Accept all proposals of an import that wait for a decision."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds the batch and --by."""
        parser.add_argument("batch", help="its key, as import_dataset says it")
        parser.add_argument("--by", required=True, help="the user name of the moderator")

    def handle(self, *args: Any, batch: str, by: str, **options: Any) -> None:
        """Accept them, some at a time; the refused ones are named."""
        user = get_user_model().objects.filter(username=by).first()
        if user is None:
            raise CommandError(f"There is no account named {by}.")
        try:
            found = ImportBatch.objects.get(pk=batch)
        except (ImportBatch.DoesNotExist, ValueError, TypeError) as error:
            raise CommandError("There is no such import.") from error
        found.accepted_until, before, left = 0, found.accepted, 0
        with tqdm(desc=str(found), unit="proposal", disable=not sys.stderr.isatty()) as bar:
            while result := actions.accept_next(found, by=user):
                bar.update(result.done)
                for proposal, why in result.left[: max(0, MOST_SHOWN - left)]:
                    self.stdout.write(f"{proposal.title}: {why}")
                left += len(result.left)
        self.stdout.write(f"{found.accepted - before} accepted, {left} left.")
