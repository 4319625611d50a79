"""Records a release that was written, with what changed since the one before."""

import hashlib
from pathlib import Path

from django.utils import timezone

from exchange import differences
from exchange.releases.writing import MANIFEST, WrittenRelease
from publishing import models
from publishing.actions.recording_releases import record_release


def record(folder: Path, written: WrittenRelease) -> models.Release:
    """List the release in the folder for ever. Raises Refusal."""
    until = models.Revision.objects.get(digest=written.head).pk
    before = models.Release.objects.before(until).first()
    counts = differences.counted(before.until_id if before else 0, until)
    return record_release(
        models.Release(
            version=written.version,
            until_id=until,
            recorded_on=timezone.now().date(),
            revisions=written.revisions,
            entries=written.entries,
            added=counts[differences.ADDED],
            changed=counts[differences.CHANGED],
            retracted=counts[differences.RETRACTED],
            head=written.head,
            content=written.content,
            manifest=hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest(),
        )
    )
