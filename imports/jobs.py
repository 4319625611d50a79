"""What imports give the worker: batches go on, a while in each round."""

import datetime
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from imports import actions
from imports.choosing import NotChosen, scheme_of_batch
from imports.models import AT_WORK, READING, ImportBatch
from imports.reading import Unreadable, read_table

# So long a round lasts, in seconds: then other jobs have their turn.
A_ROUND = 20


def go_on_with_imports(now: datetime.datetime) -> Iterator[str]:
    """Check, propose and accept what is left of each batch, the oldest first."""
    ends = time.monotonic() + A_ROUND
    for batch in ImportBatch.objects.filter(state__in=AT_WORK).order_by("created_at", "pk"):
        before = (batch.state, batch.read, batch.accepted)
        (_read if batch.state in READING else _accept)(batch, ends)
        batch.refresh_from_db()
        if before != (batch.state, batch.read, batch.accepted):
            yield f"import {batch}: {batch.state}, {batch.read} rows read, {batch.accepted} accepted"
        if time.monotonic() >= ends:
            return


def _read(batch: ImportBatch, ends: float) -> None:
    if not batch.pieces.exists():
        # Somebody reads it from the command line.
        return
    try:
        scheme = scheme_of_batch(batch)
        with tempfile.NamedTemporaryFile(prefix="import-") as kept:
            actions.write_file(batch, kept)
            table = read_table(Path(kept.name))
            for _rows in actions.go_on(batch, actions.plan_for(batch, scheme), table):
                if time.monotonic() >= ends:
                    return
    except (Unreadable, NotChosen) as error:
        actions.fail(batch, str(error))


def _accept(batch: ImportBatch, ends: float) -> None:
    while batch.is_at_work and actions.accept_next(batch, by=batch.accepted_by) is not None:
        if time.monotonic() >= ends:
            return
        batch.refresh_from_db()
