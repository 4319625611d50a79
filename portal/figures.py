"""What became of the proposals that the public sent, counted."""

import datetime
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from publishing.models import Decision, Proposal
from publishing.vocabulary import Origin, ProposalState, Reason, Verdict
from publishing.workflow import states


@dataclass
class Year:
    """The proposals that were sent in a year (UTC); `days` are those until each was decided."""

    year: int
    states: Counter[str] = field(default_factory=Counter)
    days: list[float] = field(default_factory=list)

    @property
    def received(self) -> int:
        """All of them."""
        return self.states.total()

    @property
    def accepted(self) -> int:
        """As a whole."""
        return self.states[ProposalState.ACCEPTED]

    @property
    def partly_accepted(self) -> int:
        """Some changes of it."""
        return self.states[ProposalState.PARTLY_ACCEPTED]

    @property
    def declined(self) -> int:
        """As a whole."""
        return self.states[ProposalState.DECLINED]

    @property
    def gone(self) -> int:
        """Withdrawn by the sender, or overtaken by another change."""
        return sum(self.states[state] for state in states.CLOSED)

    @property
    def waiting(self) -> int:
        """Not decided yet."""
        return self.received - self.accepted - self.partly_accepted - self.declined - self.gone

    @property
    def median_days(self) -> float | None:
        """Until the decision; None where none was decided."""
        return round(statistics.median(self.days), 1) if self.days else None


@dataclass(frozen=True)
class Share:
    """How often a reason was given, and in per cent of the one given most."""

    name: Any
    count: int
    share: float


def by_year() -> list[Year]:
    """Newest first, in one query."""
    years: dict[int, Year] = {}
    sent = Proposal.objects.filter(origin=Origin.PUBLIC, submitted_at__isnull=False, meant_for=None)
    rows: Iterable[tuple[str, Any, Any]] = sent.values_list("state", "submitted_at", "decided_at")
    for state, sent_at, decided_at in rows:
        year = years.setdefault(sent_at.year, Year(sent_at.year))
        year.states[state] += 1
        if state in states.DECIDED and decided_at is not None:
            year.days.append((decided_at - sent_at) / datetime.timedelta(days=1))
    return [years[year] for year in sorted(years, reverse=True)]


def reasons() -> list[Share]:
    """Why changes were declined, the most frequent first; a proposal counts once for each reason.

    What an appeal or an undoing overturned does not count.
    """
    declined = Decision.objects.filter(
        proposal__origin=Origin.PUBLIC, proposal__state__in=states.REFUSED, verdict=Verdict.DECLINED
    )
    counts: dict[str, int] = defaultdict(int)
    grouped = declined.order_by().values("reason").annotate(proposals=Count("proposal", distinct=True))
    counts.update({row["reason"]: row["proposals"] for row in grouped})
    most = max(counts.values(), default=0)
    named = [
        Share(reason.label, counts[reason], round(100 * counts[reason] / most, 1))
        for reason in Reason
        if counts[reason]
    ]
    return sorted(named, key=lambda one: -one.count)
