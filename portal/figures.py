"""Statistics of the proposals from the public."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from publishing import waiting_times
from publishing.models import Decision, Proposal
from publishing.vocabulary import Origin, ProposalState, Reason, Verdict
from publishing.workflow import states


@dataclass
class Year:
    """The proposals of one year (UTC); `days` holds the days from submission to each decision."""

    year: int
    states: Counter[str] = field(default_factory=Counter)
    days: list[float] = field(default_factory=list)

    @property
    def received(self) -> int:
        """All proposals of the year."""
        return self.states.total()

    @property
    def accepted(self) -> int:
        """The whole proposal."""
        return self.states[ProposalState.ACCEPTED]

    @property
    def partly_accepted(self) -> int:
        """Accepted in part."""
        return self.states[ProposalState.PARTLY_ACCEPTED]

    @property
    def declined(self) -> int:
        """The whole proposal."""
        return self.states[ProposalState.DECLINED]

    @property
    def closed(self) -> int:
        """Withdrawn by the sender, or overtaken by another change."""
        return sum(self.states[state] for state in states.CLOSED)

    @property
    def waiting(self) -> int:
        """Not decided yet."""
        return self.received - self.accepted - self.partly_accepted - self.declined - self.closed

    @property
    def median_days(self) -> float | None:
        """The median of the days until the decision; None if none was decided."""
        return waiting_times.median_days(self.days)


@dataclass(frozen=True)
class ReasonCount:
    """How often a reason was given, and its share of the most frequent reason in per cent."""

    name: Any
    count: int
    share: float


def by_year() -> list[Year]:
    """The years, newest first, with one query."""
    years: dict[int, Year] = {}
    sent = Proposal.objects.filter(origin=Origin.PUBLIC, submitted_at__isnull=False, meant_for=None)
    rows: Iterable[tuple[str, Any, Any]] = sent.values_list("state", "submitted_at", "decided_at")
    for state, sent_at, decided_at in rows:
        year = years.setdefault(sent_at.year, Year(sent_at.year))
        year.states[state] += 1
        if (days := waiting_times.days_until_decision(state, sent_at, decided_at)) is not None:
            year.days.append(days)
    return [years[year] for year in sorted(years, reverse=True)]


def reasons() -> list[ReasonCount]:
    """The reasons for declining, the most frequent first; a proposal counts once for each reason.

    Decisions that were undone or overturned by an appeal do not count.
    """
    declined = Decision.objects.filter(
        proposal__origin=Origin.PUBLIC, proposal__state__in=states.REFUSED, verdict=Verdict.DECLINED
    )
    counts: dict[str, int] = defaultdict(int)
    grouped = declined.order_by().values("reason").annotate(proposals=Count("proposal", distinct=True))
    counts.update({row["reason"]: row["proposals"] for row in grouped})
    most = max(counts.values(), default=0)
    named = [
        ReasonCount(reason.label, counts[reason], round(100 * counts[reason] / most, 1))
        for reason in Reason
        if counts[reason]
    ]
    return sorted(named, key=lambda one: -one.count)
