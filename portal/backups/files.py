"""The file of a backup: a tar archive whose manifest has the digest of each of its files."""

import datetime
import gzip
import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

FORMAT = 1
MANIFEST = "manifest.json"
NAME = re.compile(r"sulh-\d{8}T\d{6}\.\d{6}Z\.tar\.gz")
# Bytes of a backup that are read at once.
MOST_AT_ONCE = 1024 * 1024
# No other name is ever written by a restore.
FILES = re.compile(r"database\.(?:sqlite3|sql)|media/[0-9a-f]{64}-[0-9]+\.webp")


class InvalidBackup(Exception):
    """The file is no backup, or not whole."""


class Manifest(NamedTuple):
    """What a backup holds: the database's vendor, the head of its chain, and the digest of each file."""

    vendor: str
    head: str
    made_at: str
    files: dict[str, str]
    format: int = FORMAT


def write_backup(folder: Path, contents: dict[str, Path], *, vendor: str, head: str) -> Path:
    """Write the files, by their names in the backup; the new backup has been read back. Raises OSError."""
    now = datetime.datetime.now(datetime.UTC)
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / f"sulh-{now:%Y%m%dT%H%M%S.%f}Z.tar.gz"
    partial = whole.with_suffix(".partial")
    digests = {name: _digest(path) for name, path in contents.items()}
    manifest = Manifest(vendor, head, now.isoformat(timespec="seconds"), digests)
    try:
        with partial.open("xb") as file:
            _pack(file, manifest, contents)
            file.flush()
            os.fsync(file.fileno())
        with unpacked(partial):
            os.replace(partial, whole)
    finally:
        partial.unlink(missing_ok=True)
    return whole


def newest_backup(folder: Path) -> datetime.datetime | None:
    """When the newest backup of the folder was made; None without one, or where it cannot be read."""
    try:
        made = [path.stat().st_mtime for path in folder.iterdir() if NAME.fullmatch(path.name)]
    except OSError:
        return None
    return datetime.datetime.fromtimestamp(max(made), datetime.UTC) if made else None


def keep_newest(folder: Path, number: int) -> list[Path]:
    """Delete all backups of the folder but so many; returns those that are gone."""
    found = sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))
    gone = found[:-number]
    for path in gone:
        path.unlink()
    return gone


@contextmanager
def unpacked(backup: Path) -> Iterator[tuple[Manifest, Path]]:
    """The manifest, and a folder with the files, each of which has its digest. Raises InvalidBackup."""
    with TemporaryDirectory(prefix="sulh-") as name:
        folder = Path(name)
        try:
            _read_to_end(backup)
            with tarfile.open(backup, "r:gz") as archive:
                manifest = _unpack(archive, folder)
        # What a damaged file makes the readers of gzip (OSError, EOFError, zlib.error), tar and JSON raise.
        except (OSError, EOFError, zlib.error, tarfile.TarError, ValueError, TypeError, KeyError) as error:
            raise InvalidBackup(f"{backup} is no backup, or not whole: {error}") from error
        yield manifest, folder


def _read_to_end(backup: Path) -> None:
    """Where gzip has its checksum, of the manifest too."""
    with gzip.open(backup) as file:
        while file.read(MOST_AT_ONCE):
            pass


def _pack(file: io.BufferedWriter, manifest: Manifest, contents: dict[str, Path]) -> None:
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=5) as archive:
        about = json.dumps(manifest._asdict(), indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(about)
        archive.addfile(entry, io.BytesIO(about))
        for name, path in contents.items():
            archive.add(path, name, recursive=False)


def _unpack(archive: tarfile.TarFile, folder: Path) -> Manifest:
    manifest = Manifest(**json.loads(_opened(archive, MANIFEST).read()))
    if manifest.format != FORMAT:
        raise ValueError(f"its format is {manifest.format}, and not {FORMAT}")
    for name, digest in manifest.files.items():
        if not FILES.fullmatch(name):
            raise ValueError(f"{name} is no file of a backup")
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as file:
            shutil.copyfileobj(_opened(archive, name), file)
        if _digest(path) != digest:
            raise ValueError(f"{name} was changed")
    return manifest


def _opened(archive: tarfile.TarFile, name: str) -> io.BufferedReader:
    file = archive.extractfile(name)
    if file is None:
        raise ValueError(f"{name} is no file")
    return file  # type: ignore[return-value]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
