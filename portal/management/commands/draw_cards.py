"""Draws the cards of all entries again."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from portal.cards.files import draw_all
from publishing.models import Entry


class Command(BaseCommand):
    """Draw the picture of every entry in shared links again: after a change of their design."""

    help = "Draw the pictures of all entries in shared links again, after a change of their design."

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw them."""
        total = Entry.objects.published().count()
        done = sum(1 for _one in tqdm(draw_all(), total=total, unit=" entries", disable=None))
        self.stdout.write(f"Drew the cards of {done} entries.")
