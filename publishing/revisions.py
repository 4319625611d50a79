"""Revisions as public lists show them."""

from collections.abc import Iterable

from publishing import hooks
from publishing.models import Revision


def attach_sources(revisions: Iterable[Revision]) -> None:
    """Give each revision, as `source`, the source that came with it, or None."""
    revisions = list(revisions)
    sources = {key: source for find in hooks.revision_sources for key, source in find(revisions).items()}
    for revision in revisions:
        revision.source = sources.get(revision.pk)  # type: ignore[attr-defined]
