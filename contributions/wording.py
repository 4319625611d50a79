"""How the pages of the public door name the target of a form, the state, and the changes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contributions.form.editable import EditableFields
from contributions.models import Contribution
from contributions.review.news import News
from contributions.review.outcome import changes_requested
from publishing import comparison, snapshots
from publishing.languages import columns_of_text
from publishing.models import Decision, Proposal
from publishing.models.entry import children_of
from publishing.proposals import start_from
from publishing.snapshots import Path
from publishing.vocabulary import ProposalState, Verdict


def heading(editable: EditableFields) -> str:
    """The heading of the form."""
    if editable.is_of_new_entry:
        return _("Propose: %(kind)s") % {"kind": editable.kind._meta.verbose_name}
    if editable.is_of_new_row:
        row = children_of(editable.kind)[editable.row.row_kind]
        return _("Add what is missing: %(kind)s") % {"kind": row._meta.verbose_name}
    return _("Suggest a correction")


def about(editable: EditableFields) -> str:
    """The label of the row, or of what a new row belongs to; empty for facts, whose fields have labels."""
    path = editable.row if editable.is_of_row else _fact_of(editable)
    if not path.parts:
        return ""
    return comparison.Describer(editable.start["kind"], editable.start).label(path)


def _fact_of(editable: EditableFields) -> Path:
    below = next(iter((editable.parent_values or {}).values()), "")
    if "/" in below:
        return Path.parse(below, editable.start["rows"])
    if not below:
        return Path()
    row = children_of(editable.kind)[editable.row.row_kind]
    if row.ABOUT in (editable.parent_values or {}):
        names = (below, *columns_of_text(below))
        return next((Path(column=name) for name in names if name in editable.start["fields"]), Path())
    owner = row._meta.get_field(row.OF).related_model
    return Path(row_kind=owner._meta.model_name or "", key=below)  # type: ignore[union-attr]


def state_label(proposal: Proposal) -> str:
    """The state as its sender reads it; a draft means that a moderator is working on it."""
    if proposal.state == ProposalState.DRAFT:
        return _("A moderator is working on it")
    return str(ProposalState(proposal.state).label)


@dataclass(frozen=True)
class ProposedChange:
    """One change of a contribution as texts, with the decision on it.

    note: what a moderator says about this change. now: what the record says, if it was changed since.
    """

    label: str
    old: str
    new: str
    decision: Decision | None
    note: str
    now: str


@dataclass(frozen=True)
class ProposedChanges:
    """The changes that a sender sent, and what a moderator says about several of them at once."""

    changes: list[ProposedChange]
    note: str


def proposed_changes(contribution: Contribution, news: News) -> ProposedChanges:
    """The changes that the sender sent, each with the newest decision on it, unless that was undone."""
    proposal = contribution.proposal
    newest = {one.path: one for one in proposal.decisions.all()}
    decisions = {path: one for path, one in newest.items() if one.verdict != Verdict.TAKEN_BACK}
    shared = _shared_note(decisions.values())
    base, wanted = changes_requested(contribution)
    describer = comparison.Describer(proposal.kind, start_from(base, wanted), wanted)
    changes = []
    for change in snapshots.changes_since(base, wanted):
        if change.path == Path(column="slug"):
            continue
        decision = decisions.get(str(change.path))
        note = decision.own_note if decision else ""
        changes.append(
            ProposedChange(
                label=capfirst(describer.label(change.path)),
                old=describer.value(change.path, change.old) if base else "",
                new=describer.value(change.path, change.new),
                decision=decision,
                note="" if note == shared else note,
                now=news.facts.get(str(change.path), ("", ""))[1],
            )
        )
    return ProposedChanges(changes, shared)


def _shared_note(decisions: Iterable[Decision]) -> str:
    """The note that stands on several decisions, since the moderator wrote it about all of them; or ""."""
    counted = Counter(decision.own_note for decision in decisions if decision.own_note)
    return next((note for note, count in counted.most_common(1) if count > 1), "")
