"""Releases: all that is published as files, the same bytes for the same content."""

from exchange.releases.writing import PublishedMeanwhile, Release, write_release

__all__ = ["PublishedMeanwhile", "Release", "write_release"]
