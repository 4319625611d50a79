"""Writes a release into a folder: tables, snapshots, one SQLite file, the codebook, and what all of it is."""

import csv
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import override

from exchange import codebook
from exchange.columns import BOOLEAN, INTEGER, NUMBER
from exchange.differences import all_differences
from exchange.formats import cell, csv_of
from exchange.releases import descriptors
from exchange.releases.contents import LANGUAGE, TableOfRelease, history, snapshots, tables
from publishing import models as recorded
from publishing.fields.columns import canonical
from publishing.languages import PAGE_LANGUAGES
from publishing.models import ChainHead, Revision, SignedHead

MANIFEST = "manifest.json"
SNAPSHOTS, HISTORY = "snapshots.jsonl", "revisions.jsonl"
CHANGES = "changes.csv"
HEAD_OF_CHANGES = ("kind", "page", "what", "revision_before", "revision", "fields")
# What a program has to know to load it; it changes when an older program would misread a release.
FORMAT = "sulh-release-1"
DATABASE = "sulh.sqlite"
TRIES = 3


class PublishedMeanwhile(Exception):
    """Something was published while the release was written, again and again."""


class WrittenRelease(NamedTuple):
    """What a release says of itself: the head of the chain, its moment, and the digest of all snapshots."""

    head: str
    published_at: str
    revisions: int
    content: str
    signed_head: str
    entries: int

    @property
    def version(self) -> str:
        """The day of the newest revision, and how many there are."""
        return f"{self.published_at[:10].replace('-', '.')}-{self.revisions}"


def write_release(folder: Path, *, with_history: bool = False) -> WrittenRelease:
    """Write all files into the empty folder. Raises PublishedMeanwhile, and FileExistsError.

    The same content gives the same bytes: no file says when it was made, but when its content was published.
    with_history: with all revisions, to load them elsewhere. These hold what is not public: the content of
    retracted entries, the numbers of accounts, and moderators' reasons for exceptions.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    for _try in range(TRIES):
        before = _head()
        content, entries = _write_snapshots(folder / SNAPSHOTS)
        if with_history:
            _write_history(folder / HISTORY)
        _write_changes(folder / CHANGES)
        written = [(table, _write_table(folder, table)) for table in tables()]
        _write_database(folder, [table for table, _number in written])
        _write_codebooks(folder)
        if _head() == before:
            release = _release(before, content, entries)
            _write_descriptions(folder, release, written)
            return release
    raise PublishedMeanwhile(f"somebody published while it was written, {TRIES} times")


def _head() -> str:
    return ChainHead.objects.get(pk=1).digest


def _release(head: str, content: str, entries: int) -> WrittenRelease:
    newest = Revision.objects.order_by("pk").last()
    signed = SignedHead.objects.first()
    return WrittenRelease(
        head=head,
        published_at="" if newest is None else newest.created_at.isoformat(),
        revisions=Revision.objects.count(),
        content=content,
        signed_head="" if signed is None else signed.line,
        entries=entries,
    )


def _write_snapshots(path: Path) -> tuple[str, int]:
    """A line for each entry: the digest of all of their snapshots, and how many there are."""
    digest, number = hashlib.sha256(), 0
    with path.open("wb") as file:
        for line in snapshots():
            file.write(canonical(line) + b"\n")
            digest.update(canonical(line["snapshot"]) + b"\n")
            number += 1
    return digest.hexdigest(), number


def _write_changes(path: Path) -> None:
    """What changed since the release that was recorded before; no row where there is none."""
    newest = Revision.objects.order_by("pk").last()
    before = None if newest is None else recorded.Release.objects.before(newest.pk).first()
    with path.open("w", encoding="utf-8", newline="") as file, override(LANGUAGE):
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD_OF_CHANGES)
        if newest is not None and before is not None:
            for one in all_differences(before.until_id, newest.pk):
                number = one.before.number if one.before else ""
                page = f"{settings.SITE_URL}{one.entry.get_absolute_url()}"
                row = [one.entry.kind, page, one.what, number, one.after.number, "; ".join(one.fields)]
                writer.writerow([cell(value) for value in row])


def _write_history(path: Path) -> None:
    with path.open("wb") as file:
        file.writelines(canonical(line) + b"\n" for line in history())


def _write_table(folder: Path, table: TableOfRelease) -> int:
    """The table as CSV for programs, without a byte order mark: the number of its rows."""
    number = 0
    path = folder / descriptors.path_of(table)
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in table.columns])
        for page in table.pages():
            writer.writerows([cell(value) for value in row] for row in page)
            number += len(page)
    return number


def _write_database(folder: Path, written: list[TableOfRelease]) -> None:
    """The same tables in one file of SQLite, with their texts as they are."""
    path = folder / DATABASE
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("BEGIN")
        for table in written:
            columns = ", ".join(f'"{one.name}" {_sql_type(one.type)}' for one in table.columns)
            # A name is that of a model or a column, and none of them has a quotation mark.
            database.execute(f'CREATE TABLE "{table.name}" ({columns}, PRIMARY KEY ("id")) WITHOUT ROWID')
            holes = ", ".join("?" for _one in table.columns)
            for page in table.pages():
                stored = ([_stored(value) for value in row] for row in page)
                database.executemany(f'INSERT INTO "{table.name}" VALUES ({holes})', stored)  # noqa: S608
        names = ", ".join(f'"{name}"' for name in ("language", *codebook.HEAD))
        database.execute(f"CREATE TABLE codebook ({names})")
        for language, rows in _codebooks():
            holes = ", ".join("?" for _name in ("language", *codebook.HEAD))
            lines = ([language, *row] for row in rows)
            database.executemany(f"INSERT INTO codebook VALUES ({holes})", lines)  # noqa: S608
        database.execute("COMMIT")
        database.execute("VACUUM")


def _sql_type(kind: str) -> str:
    return {INTEGER: "INTEGER", BOOLEAN: "INTEGER", NUMBER: "REAL"}.get(kind, "TEXT")


def _stored(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return float(value) if isinstance(value, Decimal) else value


def _codebooks() -> Iterator[tuple[str, list[list[Any]]]]:
    counted = codebook.counts()
    for language in PAGE_LANGUAGES:
        with override(language):
            yield language, [*codebook.as_rows(counted)]


def _write_codebooks(folder: Path) -> None:
    for language, rows in _codebooks():
        (folder / f"codebook-{language}.csv").write_bytes(csv_of(codebook.HEAD, rows))


def _write_descriptions(
    folder: Path, release: WrittenRelease, written: list[tuple[TableOfRelease, int]]
) -> None:
    """What the release is, in the forms that archives read; last the manifest, with all digests."""
    digests = {
        descriptors.path_of(table): _digest(folder / descriptors.path_of(table)) for table, _n in written
    }
    descriptions = {
        "datapackage.json": descriptors.datapackage(release, written, digests, folder),
        "datacite.json": descriptors.datacite(release),
    }
    for name, value in descriptions.items():
        _write(folder / name, value)
    (folder / "CITATION.cff").write_text(descriptors.citation(release), encoding="utf-8", newline="\n")
    manifest = {"format": FORMAT, **release._asdict(), "version": release.version, "files": _digests(folder)}
    _write(folder / MANIFEST, manifest)


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _digests(folder: Path) -> dict[str, str]:
    files: Iterable[Path] = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in files if path.name != MANIFEST}
    return {name: _digest(path) for name, path in names.items()}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
