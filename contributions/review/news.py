"""What is true now about a proposal: a decision was undone, a page retracted, a fact changed since."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contributions.models import Contribution
from contributions.review.outcome import changes_requested
from publishing import comparison, snapshots
from publishing.fields.partial_dates import PartialDate
from publishing.models import Decision, Entry, Proposal, Revision
from publishing.snapshots import Change, Snapshot
from publishing.vocabulary import ProposalState, Verdict
from publishing.workflow import states


@dataclass(frozen=True)
class News:
    """What the sender should know beyond the state of their proposal, in the active language.

    undone: that a decision was undone; "" if none was. retracted: the entry, if its page was retracted since.
    facts: for each change, by its path, the name of the fact and what the record says now; without those that
    stand as they were published.
    """

    undone: str = ""
    retracted: Entry | None = None
    facts: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def retraction(self) -> str:
        """That the page was retracted, and why; "" if it was not."""
        if self.retracted is None:
            return ""
        return _("The page was retracted later: %(reason)s") % {"reason": self.retracted.retraction_reason}


def news_of(contribution: Contribution) -> News:
    """What is true now, from the tables of decisions and revisions."""
    proposal = contribution.proposal
    entry = proposal.entry
    if entry is not None and entry.is_retracted:
        return News(_undone(proposal), entry)
    facts = _facts(contribution) if entry is not None and proposal.state in states.ENDED else {}
    return News(_undone(proposal), None, facts)


# --- decisions that were undone ---------------------------------------------------------------------


def _undone(proposal: Proposal) -> str:
    """That the last decision was undone, and when; "" if it stands, or if there was none."""
    decisions = list(proposal.decisions.all())
    newest = {decision.path: decision for decision in decisions}
    undone = [decision for decision in newest.values() if decision.verdict == Verdict.TAKEN_BACK]
    if not undone or proposal.state in states.ENDED:
        return ""
    at = max(decision.decided_at for decision in undone)
    before = {one.path: one for one in decisions if one.verdict != Verdict.TAKEN_BACK}
    day = {"day": PartialDate.of(at.date()).in_words()}
    sentence = _undone_message(before.values()) % day
    return f"{sentence} {_('It waits for review again.')}" if proposal.state in states.WAITING else sentence


def _undone_message(decisions: Iterable[Decision]) -> str:
    verdicts = {decision.verdict for decision in decisions}
    if verdicts == {Verdict.ACCEPTED}:
        return _("It was accepted, and a moderator undid this decision on %(day)s.")
    if verdicts == {Verdict.DECLINED}:
        return _("It was declined, and a moderator undid this decision on %(day)s.")
    return _("It was accepted in part, and a moderator undid this decision on %(day)s.")


# --- facts that were changed since ----------------------------------------------------------------


def _facts(contribution: Contribution) -> dict[str, tuple[str, str]]:
    """What the record says now of each fact, where it is not what was published or proposed."""
    proposal = contribution.proposal
    base, wanted = changes_requested(contribution)
    public = snapshots.conformed(Revision.objects.newest_of(proposal.entry_id).snapshot)
    describer = comparison.Describer(proposal.kind, wanted, public)
    declined = {one.path for one in _in_force(proposal) if one.verdict == Verdict.DECLINED}
    news = {}
    for change in snapshots.changes_since(base, wanted):
        sentence = ""
        if change.path.column == "slug":
            continue
        if proposal.revision is not None and str(change.path) not in declined:
            sentence = _since_published(change, proposal.revision, public, describer)
        elif proposal.state == ProposalState.SUPERSEDED:
            sentence = _instead(change, public, describer)
        if sentence:
            news[str(change.path)] = (capfirst(describer.label(change.path)), sentence)
    return news


def _in_force(proposal: Proposal) -> Iterable[Decision]:
    return {decision.path: decision for decision in proposal.decisions.all()}.values()


def _since_published(
    change: Change, revision: Revision, public: Snapshot, describer: comparison.Describer
) -> str:
    """That the fact was changed after it was published; "" if it stands."""
    then = snapshots.value_at(snapshots.conformed(revision.snapshot), change.path)
    now = snapshots.value_at(public, change.path)
    if then == now:
        return ""
    values = {
        "day": PartialDate.of(revision.created_at.date()).in_words(),
        "value": describer.value(change.path, now),
    }
    if not values["value"]:
        return _("Published on %(day)s; the record has been changed since, and no longer says this.") % values
    return _("Published on %(day)s; the record has been changed since: it says “%(value)s” now.") % values


def _instead(change: Change, public: Snapshot, describer: comparison.Describer) -> str:
    """What the record says now of a proposal that was overtaken; "" if that is what was proposed."""
    now = snapshots.value_at(public, change.path)
    if now == change.new:
        return ""
    if value := describer.value(change.path, now):
        return _("The record says “%(value)s” now.") % {"value": value}
    return _("The record says nothing about this now.")
