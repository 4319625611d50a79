"""Fill a developer's database with synthetic cases, to measure a large casebook."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal.synthetic.entries import SyntheticCasebook
from publishing.actions.synthetic import publish_synthetic
from publishing.models import Entry

AUTHOR = "synthetic"


class Command(BaseCommand):
    """Publishes cases made by chance, and the actors, sources, places and themes that they point to.

    The same seed makes the same entries. `manage.py verify` finds no fault in them.
    """

    help = "Publish so many synthetic cases: to measure, on a developer's own machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds the number of cases, --seed and --beside."""
        parser.add_argument(
            "cases", type=int, help="how many cases; with a tenth of actors, a quarter of sources"
        )
        parser.add_argument("--seed", type=int, default=1, help="another seed makes other entries")
        parser.add_argument("--beside", action="store_true", help="also where something is published already")

    def handle(self, *args: Any, cases: int, seed: int, beside: bool = False, **options: Any) -> None:
        """Publish them; raises CommandError where they would stand among what readers take for true."""
        if not settings.DEVELOPMENT:
            raise CommandError("This is no developer's machine: nothing synthetic is published here.")
        if Entry.objects.exists() and not beside:
            raise CommandError(
                "Something is published here already. --beside publishes synthetic cases beside it."
            )
        if Entry.objects.filter(slug__startswith=f"synthetic-{seed}-").exists():
            raise CommandError(f"The entries of seed {seed} are here already; --seed makes others.")
        author, _is_new = get_user_model().objects.get_or_create(
            username=AUTHOR, defaults={"is_active": False}
        )
        made = publish_synthetic(SyntheticCasebook(cases, seed=seed).snapshots(), by=author)
        number = sum(1 for _revision in tqdm(made, desc="Synthetic entries", unit="entry"))
        self.stdout.write(f"{number} entries published, {cases} of them cases.")
