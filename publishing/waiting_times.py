"""How long something has waited, in words, and how long proposals of the public wait for their decision."""

import datetime
import math
import statistics
from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import ngettext_lazy

from publishing.models import Proposal
from publishing.vocabulary import Origin
from publishing.workflow import states

# Django's own words have a number before the Arabic dual.
SPANS: Any = {
    "year": ngettext_lazy("%(num)d year", "%(num)d years", "num"),
    "month": ngettext_lazy("%(num)d month", "%(num)d months", "num"),
    "week": ngettext_lazy("%(num)d week", "%(num)d weeks", "num"),
    "day": ngettext_lazy("%(num)d day", "%(num)d days", "num"),
    "hour": ngettext_lazy("%(num)d hour", "%(num)d hours", "num"),
    "minute": ngettext_lazy("%(num)d minute", "%(num)d minutes", "num"),
}
RECENT = datetime.timedelta(days=365)


def days_until_decision(state: str, sent_at: Any, decided_at: Any) -> float | None:
    """The days from sending to the decision; None if it was not decided."""
    if state not in states.DECIDED or decided_at is None:
        return None
    return (decided_at - sent_at) / datetime.timedelta(days=1)


def median_days(days: Collection[float]) -> float | None:
    """The median, with one decimal; None of nothing."""
    return round(statistics.median(days), 1) if days else None


def usual_days() -> int | None:
    """In so many whole days, at least one, half of what the public sent within a year was decided.

    None where nothing was.
    """
    sent = Proposal.objects.filter(
        origin=Origin.PUBLIC, submitted_at__gt=timezone.now() - RECENT, meant_for=None
    )
    waited = (days_until_decision(*row) for row in sent.values_list("state", "submitted_at", "decided_at"))
    usual = median_days([days for days in waited if days is not None])
    return None if usual is None else max(1, math.ceil(usual))


def time_since(start: datetime.datetime) -> str:
    """How long ago that was, in the largest span: "2 days"."""
    return timesince(start, time_strings=SPANS, depth=1)
