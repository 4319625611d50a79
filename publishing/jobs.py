"""The jobs that publishing gives the worker, and the loop that runs the jobs of all apps."""

import datetime
import logging
from collections.abc import Iterator

from publishing import hooks
from publishing.actions import drafting, publishing_heads, reviewing, turns
from publishing.heads import InvalidHead

log = logging.getLogger(__name__)


def publish_what_is_due(now: datetime.datetime) -> Iterator[str]:
    """Publish the scheduled proposals that are due."""
    for proposal, refusal in reviewing.publish_due(now):
        if refusal:
            log.warning("held back the scheduled proposal %s: %s", proposal.pk, refusal.code)
        yield f"{'held back' if refusal else 'published'} {proposal.kind} “{proposal.title}”" + (
            f": {refusal}" if refusal else ""
        )


def delete_expired_form_state(now: datetime.datetime) -> Iterator[str]:
    """Delete expired presences and autosaves; yields nothing."""
    if count := drafting.delete_expired_form_state(now):
        log.info("deleted %d expired presences and autosaves", count)
    yield from ()


def publish_head(now: datetime.datetime) -> Iterator[str]:
    """Publish the signed head of the chain, once a day, unless the chain contradicts an earlier one."""
    try:
        head = publishing_heads.publish_head(now)
    except InvalidHead as error:
        log.error("the head of the chain was not signed: %s", str(error))
        yield f"the head of the chain was not signed: {error}"
    else:
        if head is not None:
            yield f"signed the head of the chain: {head.revisions} revisions, {head.digest}"


def record_turn(now: datetime.datetime) -> Iterator[str]:
    """Store that the worker has come to the last of its jobs; yields nothing."""
    turns.record_turn(now)
    yield from ()


def run_jobs(now: datetime.datetime) -> Iterator[str]:
    """Run each job; yields the lines that the jobs report. The others still run when one fails."""
    for job in hooks.worker_jobs:
        name = hooks.name_of(job)
        try:
            yield from job(now)
        # Whatever a job meets: without the worker, no other job would run either.
        except Exception as error:
            log.exception("%s failed", name)
            yield f"{name} failed: {type(error).__name__}: {error}"
