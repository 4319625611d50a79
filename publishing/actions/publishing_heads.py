"""Publishes the signed head of the chain."""

import datetime
import os
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction

from publishing import head_keys, heads
from publishing.actions.steps import lock_publishing
from publishing.models import SignedHead


def publish_head(now: datetime.datetime) -> heads.Head | None:
    """Sign the head of the chain, keep it outside the database where that is set, and publish it; once a day.

    Returns it; None if there is no key, no revision, or today's is there. Raises InvalidHead where the chain
    contradicts the newest head that was kept, and then signs nothing.
    """
    key = head_keys.signing_key()
    if key is None or SignedHead.objects.filter(day=now.date()).exists():
        return None
    with transaction.atomic():
        lock_publishing()
        for _head, why in heads.why_contradicted(_newest_kept()):
            raise heads.InvalidHead(why)
        head = heads.sign_head(key, now)
        if head is None:
            return None
        SignedHead.objects.create(day=now.date(), line=str(head))
        # Last, so that what cannot be kept outside is not published either.
        _append(head)
    return head


def _newest_kept() -> Iterator[heads.Head]:
    """The newest head of the table, and that of the file outside."""
    if newest := SignedHead.objects.order_by("day").last():
        yield heads.read_head(newest.line)
    if settings.HEADS_FILE is not None and settings.HEADS_FILE.exists():
        lines = [*heads.lines_with_heads(settings.HEADS_FILE.read_text(encoding="utf-8"))]
        if lines:
            yield heads.read_head(lines[-1][1])


def _append(head: heads.Head) -> None:
    if settings.HEADS_FILE is None:
        return
    file = os.open(settings.HEADS_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(file, f"{head}\n".encode())
        os.fsync(file)
    finally:
        os.close(file)
