"""Releases: all that is published as files, the same bytes for the same content."""

from exchange.releases import recording
from exchange.releases.reading import InvalidRelease, OpenedRelease, opened
from exchange.releases.writing import PublishedMeanwhile, WrittenRelease, write_release

__all__ = [
    "InvalidRelease",
    "OpenedRelease",
    "PublishedMeanwhile",
    "WrittenRelease",
    "opened",
    "recording",
    "write_release",
]
