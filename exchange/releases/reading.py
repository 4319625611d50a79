"""Reads a release, a folder or a zip file, and trusts nothing in it before its digests fit."""

import hashlib
import json
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple

from exchange.releases.writing import FORMAT, HISTORY, MANIFEST, SNAPSHOTS
from publishing.fields.columns import canonical

KNOWN_FORMATS = (FORMAT,)
# What is longer is no manifest, or no entry; and what a zip file holds at most, unpacked.
LONGEST_MANIFEST, LONGEST_LINE = 16 * 1024**2, 64 * 1024**2
MOST_BYTES = 16 * 1024**3
PART = 1024**2
# What reading raises where bytes are damaged, packed in a way that nobody knows, or no text.
UNREADABLE = (
    *(OSError, EOFError, RuntimeError, NotImplementedError, UnicodeError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
)


class InvalidRelease(Exception):
    """What is wrong with the release, for whoever loads it."""


class OpenedRelease(NamedTuple):
    """A release whose files are what its manifest says."""

    manifest: dict[str, Any]
    digest: str
    source: "ReleaseFiles"

    @property
    def has_history(self) -> bool:
        """Whether it holds all revisions, and not only the newest."""
        return HISTORY in self.manifest["files"]

    def lines(self) -> Iterator[dict[str, Any]]:
        """The revisions, one at a time. Raises InvalidRelease at a line that is no JSON."""
        with self.source.open(HISTORY if self.has_history else SNAPSHOTS) as file:
            yield from _lines(file)


class ReleaseFiles:
    """Files in a folder, or in a zip file; in the latter they may lie in one folder."""

    def __init__(self, path: Path, packed: zipfile.ZipFile | None) -> None:
        self._path, self._packed, self._folder = path, packed, ""
        if packed is not None:
            names = [name for name in packed.namelist() if PurePosixPath(name).name == MANIFEST]
            self._folder = names[0].removesuffix(MANIFEST) if len(names) == 1 else ""

    def open(self, name: str) -> IO[bytes]:
        """The file, to read. Raises InvalidRelease where there is none."""
        try:
            if self._packed is not None:
                return self._packed.open(self._folder + name)
            return (self._path / name).open("rb")
        except (*UNREADABLE, KeyError) as error:
            raise InvalidRelease(f"{name} is missing, or cannot be read") from error


@contextmanager
def opened(path: Path) -> Iterator[OpenedRelease]:
    """The release at the path, every file of which was read and fits its digest. Raises InvalidRelease."""
    if path.is_dir():
        yield _checked(ReleaseFiles(path, None))
        return
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_BYTES:
                raise InvalidRelease(f"{path} would be larger than {MOST_BYTES // 1024**3} GB, unpacked")
            yield _checked(ReleaseFiles(path, packed))
    except (OSError, zipfile.BadZipFile) as error:
        raise InvalidRelease(f"{path} is neither a folder nor a zip file: {error}") from error


def _checked(source: ReleaseFiles) -> OpenedRelease:
    manifest, digest = _manifest(source)
    for name, wanted in sorted(manifest["files"].items()):
        if _digest(source, name) != wanted:
            raise InvalidRelease(f"{name} is not what the manifest says: it was changed or damaged")
    release = OpenedRelease(manifest, digest, source)
    content, number = _content(source)
    if (content, number) != (manifest.get("content"), manifest.get("entries")):
        raise InvalidRelease(f"{SNAPSHOTS} is not what the manifest says of all entries together")
    return release


def _manifest(source: ReleaseFiles) -> tuple[dict[str, Any], str]:
    try:
        with source.open(MANIFEST) as file:
            text = file.read(LONGEST_MANIFEST + 1)
        manifest = json.loads(text.decode()) if len(text) <= LONGEST_MANIFEST else None
    except (*UNREADABLE, ValueError) as error:
        raise InvalidRelease(f"{MANIFEST} is damaged: {error}") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), str):
        raise InvalidRelease(f"{MANIFEST} is not that of a release which can be loaded")
    if manifest["format"] not in KNOWN_FORMATS:
        raise InvalidRelease(
            f"The release has the format {manifest['format'][:40]}, and this casebook reads "
            f"{', '.join(KNOWN_FORMATS)}. A newer version of the casebook reads it."
        )
    files = manifest.get("files")
    if not isinstance(files, dict) or SNAPSHOTS not in files or not all(map(_is_inside, files)):
        raise InvalidRelease(f"{MANIFEST} names no files of a release")
    return manifest, hashlib.sha256(text).hexdigest()


def _is_inside(name: str) -> bool:
    """Whether the path stays in the folder of the release."""
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and "\0" not in name


def _digest(source: ReleaseFiles, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with source.open(name) as file:
            while part := file.read(PART):
                digest.update(part)
    except UNREADABLE as error:
        raise InvalidRelease(f"{name} is damaged: {error}") from error
    return digest.hexdigest()


def _content(source: ReleaseFiles) -> tuple[str, int]:
    """The digest of all snapshots, as `make_release` works it out, and how many there are."""
    digest, number = hashlib.sha256(), 0
    with source.open(SNAPSHOTS) as file:
        for line in _lines(file):
            number += 1
            try:
                digest.update(canonical(line.get("snapshot")) + b"\n")
            except (UnicodeError, RecursionError) as error:
                raise InvalidRelease(f"line {number} is no revision: {error}") from error
    return digest.hexdigest(), number


def _lines(file: IO[bytes]) -> Iterator[dict[str, Any]]:
    number = 0
    while text := file.readline(LONGEST_LINE):
        number += 1
        try:
            line = json.loads(text.decode())
        except (ValueError, RecursionError) as error:
            raise InvalidRelease(f"line {number} is no JSON: {error}") from error
        if not isinstance(line, dict):
            raise InvalidRelease(f"line {number} is no revision")
        yield line
