"""What changes besides the content of sources and pictures: link checks and picture files."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from publishing.models import DraftVersion, Proposal, Revision
from sources import pictures, rules
from sources.links import LinkResponse
from sources.models import Image, LinkCheck, Source

# How many checks are kept for each link of a source.
MAX_CHECKS = 10
# A file that no entry, revision or proposal uses is deleted after this time.
UNUSED_AFTER = datetime.timedelta(days=1)


@transaction.atomic
def record_link_check(source: Source, url: str, response: LinkResponse) -> LinkCheck | None:
    """Record how the link answered, and delete all but its newest checks; None if the source is gone."""
    if not Source.objects.select_for_update(of=["self"]).filter(pk=source.pk).exists():
        return None
    check = LinkCheck.objects.create(
        source_id=source.pk,
        url=url,
        checked_at=timezone.now(),
        result=response.result,
        status_code=response.status_code,
    )
    checks = LinkCheck.objects.filter(source_id=source.pk, url=url)
    checks.exclude(pk__in=list(checks.values_list("pk", flat=True)[:MAX_CHECKS])).delete()
    return check


def store_picture(picture: pictures.EncodedPicture) -> None:
    """Store the files of a picture. Raises Refusal if the library is full.

    Files are named by their content, so the files of an entry that is never published do no harm.
    """
    if refusal := rules.why_not_store(picture):
        raise refusal
    pictures.store(picture)


def delete_unused_files() -> int:
    """Delete files older than UNUSED_AFTER that no picture, revision or proposal uses; return how many."""
    deleted, used = 0, {*_files_in_use()}
    for digest, path in pictures.stored_files():
        # Read the time last: an upload of the same picture makes the file new again.
        if digest not in used and path.stat().st_mtime < (timezone.now() - UNUSED_AFTER).timestamp():
            path.unlink()
            deleted += 1
    return deleted


def _files_in_use() -> Iterator[str]:
    """The digests of all pictures in entries, revisions, proposals and drafts."""
    kind = Image._meta.model_name
    revisions = Revision.objects.filter(entry__kind=kind).values_list("snapshot", flat=True)
    drafts = DraftVersion.objects.filter(proposal__kind=kind).values_list("snapshot", flat=True)
    stored: tuple[QuerySet[Any, Any], ...] = (revisions, drafts)
    for snapshots_of in stored:
        for snapshot in snapshots_of.order_by().iterator():
            yield snapshot["fields"]["file"].partition("-")[0]
    proposals = Proposal.objects.filter(kind=kind).select_related("revision").order_by("pk")
    for proposal in proposals.iterator(chunk_size=200):
        yield proposal.wanted["fields"]["file"].partition("-")[0]
    for file in Image.objects.values_list("file", flat=True):
        yield file.partition("-")[0]
