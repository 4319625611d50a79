"""Describes a recorded release, and what changed since another, for people and for programs."""

from typing import Any

from django.conf import settings

from exchange.differences import Difference
from publishing.models import Release

TITLE = "Sulh: an open casebook of how international cooperation makes peace hold"
NUMBERS = ("entries", "revisions", "added", "changed", "retracted")


def newest_first() -> list[Release]:
    """All releases, each with the revision up to which it goes."""
    return [*Release.objects.select_related("until").defer("until__snapshot")]


def citation(release: Release) -> str:
    """How the release is cited: in the language of its files, as an archive would have it."""
    at = (
        f"https://doi.org/{release.doi}"
        if release.doi
        else f"{settings.SITE_URL}/en/releases/#{release.version}"
    )
    return f"Sulh ({release.until.created_at:%Y}). {TITLE}. Release {release.version}. {at}"


def about_release(release: Release) -> dict[str, Any]:
    """Its counts, how it is cited, and by which digests a copy is checked."""
    return {
        "version": release.version,
        "recorded_on": release.recorded_on.isoformat(),
        **{name: getattr(release, name) for name in NUMBERS},
        "doi": release.doi or None,
        "files": release.files or None,
        "citation": citation(release),
        "head": release.head,
        "digest_of_all_snapshots": release.content,
        "sha256_of_the_manifest": release.manifest,
    }


def about_difference(difference: Difference) -> dict[str, Any]:
    """What happened to the entry, between which of its revisions, and to which of its fields."""
    return {
        "what": difference.what,
        "revision_before": difference.before.number if difference.before else None,
        "revision": difference.after.number,
        "fields": [*difference.fields],
    }
