"""Read a dataset of the field into proposals."""

import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from imports import actions
from imports.building import Target
from imports.choosing import NotChosen, chosen_scheme, chosen_source
from imports.planning import Plan
from imports.reading import Table, Unreadable, read_table
from imports.vocabulary import DatasetScheme, Fate, Problem

# So many notes are shown one by one.
MOST_SHOWN = 20


class Command(BaseCommand):
    """Reads the file into a batch of proposals. Broken off, the same command goes on where it was."""

    help = (
        "Propose what a dataset says; the proposals wait for moderators. --dry-run only says what would be."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds the dataset, the file, and what of it cannot be read there."""
        parser.add_argument("scheme", choices=DatasetScheme.values, help="the dataset")
        parser.add_argument("file", type=Path, help="a CSV or a workbook (.xlsx)")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--release", default="", help="the release of the dataset, as claims name it")
        parser.add_argument("--source", default="", help="the address of the source that claims cite")
        parser.add_argument("--mapping", default="", help="for csv: the name of a mapping, or a file of one")
        parser.add_argument("--by", default="", help="the user name that proposes it")

    def handle(self, *args: Any, scheme: str, file: Path, dry_run: bool, **options: Any) -> None:
        """Read the whole file, then propose; raises CommandError where anything of it is damaged."""
        try:
            kind, mapping = chosen_scheme(scheme, options["mapping"])
            release = options["release"] or kind.release
            source = chosen_source(kind, release, options["source"])
            table = read_table(file)
            for note in table.notes:
                self.stdout.write(note)
            if dry_run:
                self._print_plan(Plan(Target(kind, release, source.pk), kind.name), table)
                return
            by = get_user_model().objects.filter(username=options["by"]).first()
            if by is None:
                raise CommandError("Say who proposes it: --by, and the user name.")
            digest = actions.digest_of(file)
            batch = actions.unfinished(digest=digest, scheme=scheme, release=release) or actions.begin(
                scheme=scheme,
                release=release,
                source=source,
                mapping=mapping,
                file_name=file.name,
                digest=digest,
                by=by,
                rows=table.size,
            )
            plan = actions.plan_for(batch, kind)
            with tqdm(desc=str(batch), unit="row", total=table.size, disable=not sys.stderr.isatty()) as bar:
                for rows in actions.go_on(batch, plan, table):
                    bar.update(rows - bar.n)
        except (Unreadable, NotChosen) as error:
            raise CommandError(str(error)) from error
        numbers = {
            Fate.PROPOSED: batch.proposed,
            Fate.UNCHANGED: batch.unchanged,
            Fate.REPORTED: batch.reported,
        }
        self._print_numbers(numbers)
        notes = Counter(batch.notes.values_list("problem", flat=True))
        for problem, number in notes.most_common():
            self.stdout.write(f"  {number:6} {Problem(problem).name}")
        self.stdout.write(f"Batch {batch.pk}")

    def _print_plan(self, plan: Plan, table: Table) -> None:
        """What would become of the rows."""
        numbers: Counter[Fate] = Counter()
        problems: Counter[str] = Counter()
        asked: set[tuple[str, str]] = set()
        shown = 0
        for planned in plan.of(table):
            for one in planned:
                numbers[one.fate] += len(one.record.rows)
                asked.update(one.record.asked)
                for note in one.record.notes if one.fate != Fate.UNCHANGED else ():
                    problems[note.problem.name] += 1
                    if shown < MOST_SHOWN:
                        shown += 1
                        text = str(note.problem.label) % {"value": note.value}
                        self.stdout.write(f"row {note.row}, {note.column or '—'}: {text}")
        self._print_numbers(numbers)
        for problem, number in problems.most_common():
            self.stdout.write(f"  {number:6} {problem}")
        self.stdout.write(f"  {len(asked):6} names of actors to be asked")

    def _print_numbers(self, numbers: dict[Fate, int]) -> None:
        read = sum(numbers.values())
        counts = ", ".join(f"{numbers.get(fate, 0)} {fate.value}" for fate in Fate)
        self.stdout.write(f"{read} rows read: {counts}.")
