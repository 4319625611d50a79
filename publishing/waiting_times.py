"""How long proposals of the public wait for their decision."""

import datetime
import statistics
from collections.abc import Collection
from typing import Any

from django.utils import timezone

from publishing.models import Proposal
from publishing.vocabulary import Origin
from publishing.workflow import states

RECENT = datetime.timedelta(days=365)


def days_until_decision(state: str, sent_at: Any, decided_at: Any) -> float | None:
    """The days from sending to the decision; None if it was not decided."""
    if state not in states.DECIDED or decided_at is None:
        return None
    return (decided_at - sent_at) / datetime.timedelta(days=1)


def median_days(days: Collection[float]) -> float | None:
    """The median, with one decimal; None of nothing."""
    return round(statistics.median(days), 1) if days else None


def usual_days() -> float | None:
    """The median of the days until the decision, of what the public sent within a year; None of nothing."""
    sent = Proposal.objects.filter(
        origin=Origin.PUBLIC, submitted_at__gt=timezone.now() - RECENT, meant_for=None
    )
    waited = (days_until_decision(*row) for row in sent.values_list("state", "submitted_at", "decided_at"))
    return median_days([days for days in waited if days is not None])
