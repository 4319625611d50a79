"""What changes beside the content of sources and pictures: how links answered, and the pictures' files."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from publishing.models import DraftVersion, Proposal, Revision
from sources import pictures, rules
from sources.links import Seen
from sources.models import Image, LinkCheck, Source

# Looks that are kept of each link of a source.
MAX_LOOKS = 10
# So long a file may lie before an entry, a revision or a proposal speaks of it.
UNUSED_AFTER = datetime.timedelta(days=1)


@transaction.atomic
def record_link_check(source: Source, url: str, seen: Seen) -> LinkCheck | None:
    """Note how the link answered, and forget all but its newest looks; None where the source is gone."""
    if not Source.objects.select_for_update(of=["self"]).filter(pk=source.pk).exists():
        return None
    check = LinkCheck.objects.create(
        source_id=source.pk,
        url=url,
        checked_at=timezone.now(),
        result=seen.result,
        status_code=seen.status_code,
    )
    looks = LinkCheck.objects.filter(source_id=source.pk, url=url)
    looks.exclude(pk__in=list(looks.values_list("pk", flat=True)[:MAX_LOOKS])).delete()
    return check


def store_picture(drawn: pictures.EncodedPicture) -> None:
    """Keep the files of a picture; raises Refusal where the library is full.

    They are named by what is in them, so that an entry which is never published does no harm by them.
    """
    if refusal := rules.why_not_store(drawn):
        raise refusal
    pictures.store(drawn)


def delete_unused_files() -> int:
    """Delete the files that have lain a day and that no picture, revision or proposal shows; how many."""
    swept, used = 0, {*_files_in_use()}
    for digest, path in pictures.is_stored():
        # Asked last, since an upload of the same picture makes its file new again.
        if digest not in used and path.stat().st_mtime < (timezone.now() - UNUSED_AFTER).timestamp():
            path.unlink()
            swept += 1
    return swept


def _files_in_use() -> Iterator[str]:
    """The digests of all pictures that the casebook shows, showed or may come to show."""
    kind = Image._meta.model_name
    revisions = Revision.objects.filter(entry__kind=kind).values_list("snapshot", flat=True)
    proposals = Proposal.objects.filter(kind=kind, snapshot__isnull=False).values_list("snapshot", flat=True)
    drafts = DraftVersion.objects.filter(proposal__kind=kind).values_list("snapshot", flat=True)
    stored: tuple[QuerySet[Any, Any], ...] = (revisions, proposals, drafts)
    for snapshots_of in stored:
        for snapshot in snapshots_of.order_by().iterator():
            yield snapshot["fields"]["file"].partition("-")[0]
    for file in Image.objects.values_list("file", flat=True):
        yield file.partition("-")[0]
