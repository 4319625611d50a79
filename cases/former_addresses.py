"""Cases that an address names by a former address: it goes on leading to them, also in a question."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from publishing.models import OldSlug


def keys_of_moved(slugs: Iterable[str], found: Iterable[Any]) -> dict[str, UUID]:
    """The keys of the cases that had these addresses before, by address; found: those that have one today."""
    missing = {*slugs} - {case.slug for case in found}
    if not missing:
        return {}
    return dict(OldSlug.objects.filter(kind="case", slug__in=missing).values_list("slug", "entry_id"))
