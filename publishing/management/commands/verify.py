"""Check that nothing was changed except through the one door."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from publishing import head_keys, heads
from publishing.integrity import (
    broken_links,
    faults_of_heads,
    faults_of_tables,
    published_heads,
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

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Signed heads that were kept elsewhere, and the key that they must be signed with."""
        parser.add_argument(
            "--head",
            metavar="FILE-OR-LINE",
            help="compare the chain with signed heads that were kept elsewhere",
        )
        parser.add_argument(
            "--key", metavar="PUBLIC-KEY", help="the public key of these heads, if it is not that of HEAD_KEY"
        )

    def handle(self, *args: Any, head: str | None = None, key: str | None = None, **options: Any) -> None:
        """Report each fault, those of the chain first; raises CommandError if there are any."""
        kept = [] if head is None else _kept_heads(head)
        known = key or _own_public_key()
        with _undisturbed():
            faults = [
                *broken_links(),
                *faults_of_heads(kept, known),
                *published_heads(),
                *faults_of_tables(),
            ]
            counts = Revision.objects.count(), Entry.objects.count()
        for fault in faults:
            self.stderr.write(f"{fault.where} {fault.what}")
        if faults:
            raise CommandError(f"{len(faults)} faults; the first: {faults[0].where} {faults[0].what}")
        self.stdout.write(
            f"{counts[0]} revisions and {counts[1]} entries: the chain holds, the tables agree."
        )
        if kept:
            self.stdout.write(
                f"{len(kept)} signed heads: each is what the chain was."
                + ("" if known else " Whose key signed them is for you to compare: HEAD_KEY is not set.")
            )


def _own_public_key() -> str | None:
    key = head_keys.signing_key()
    return None if key is None else head_keys.public_key(key)


def _kept_heads(file_or_line: str) -> list[tuple[str, str]]:
    """The signed heads of the file, or the line itself, each with where it stands. Raises CommandError."""
    if file_or_line.startswith(heads.FORMAT):
        return [("the head", file_or_line)]
    try:
        text = Path(file_or_line).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CommandError(f"{file_or_line} is neither a signed head nor a file of them: {error}") from error
    found = [(f"line {number}", line) for number, line in heads.lines_with_heads(text)]
    if not found:
        raise CommandError(f"{file_or_line} holds no signed head.")
    return found
