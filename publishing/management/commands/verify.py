"""Check that nothing was changed except through the one door."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from publishing.integrity import (
    broken_links,
    differing_entries,
    differing_names,
    differing_translations,
    differing_use,
)
from publishing.models import Entry, Revision


@contextmanager
def _undisturbed() -> Iterator[None]:
    """The database as it is at this moment, while others write: SQLite would let nobody write meanwhile.

    So on SQLite a copy is read, which takes a fraction of the time; on PostgreSQL, a transaction.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    ours = connection.settings_dict["NAME"]
    with TemporaryDirectory(prefix="sulh-") as folder:
        copy = str(Path(folder) / "copy.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [copy])
        connection.close()
        connection.settings_dict["NAME"] = copy
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = ours


class Command(BaseCommand):
    """Checks the chain of all revisions, and the tables against the newest; fails and names what is wrong."""

    help = "Check the digest chain of all revisions, and that the tables say what the newest revisions say."

    def handle(self, *args: Any, **options: Any) -> None:
        """Report each fault, those of the chain first; raises CommandError if there are any."""
        with _undisturbed():
            faults = [
                *broken_links(),
                *differing_entries(),
                *differing_translations(),
                *differing_names(),
                *differing_use(),
            ]
            counts = Revision.objects.count(), Entry.objects.count()
        for fault in faults:
            self.stderr.write(f"{fault.where} {fault.what}")
        if faults:
            raise CommandError(f"{len(faults)} faults; the first: {faults[0].where} {faults[0].what}")
        self.stdout.write(
            f"{counts[0]} revisions and {counts[1]} entries: the chain holds, the tables agree."
        )
