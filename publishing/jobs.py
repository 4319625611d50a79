"""What the worker does when it is due: the jobs of publishing, and how those of all apps are run."""

import datetime
import logging
from collections.abc import Iterator

from django.db import DatabaseError

from publishing import hooks
from publishing.actions import drafting, reviewing

log = logging.getLogger(__name__)


def publish_what_is_due(now: datetime.datetime) -> Iterator[str]:
    """Scheduled proposals of which the time has come."""
    for proposal, refusal in reviewing.publish_due(now):
        yield f"{'held back' if refusal else 'published'} {proposal.kind} “{proposal.title}”" + (
            f": {refusal}" if refusal else ""
        )


def delete_expired_form_state(now: datetime.datetime) -> Iterator[str]:
    """Who sat where, and typing that nobody came back for."""
    if count := drafting.delete_expired_form_state(now):
        log.info("swept %d rows", count)
    yield from ()


def run_jobs(now: datetime.datetime) -> Iterator[str]:
    """Each job in turn, with what it says; one that fails holds up no other, and is told."""
    for job in hooks.worker_jobs:
        name = hooks.name_of(job)
        try:
            yield from job(now)
        except (DatabaseError, OSError) as error:
            log.exception("%s failed", name)
            yield f"{name} failed: {error}"
