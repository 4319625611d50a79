"""How the pages of the public door name what a proposal is about, and what it changes."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contributions.form.offer import EditableFields
from contributions.models import Contribution
from contributions.review.outcome import changes_asked_for
from publishing import comparison, snapshots
from publishing.languages import columns_of_text
from publishing.models import Decision, Proposal
from publishing.models.entry import children_of
from publishing.proposals import start_from
from publishing.snapshots import Path
from publishing.vocabulary import ProposalState


def heading(offer: EditableFields) -> str:
    """What the form does, in words."""
    if offer.is_of_new_entry:
        return _("Propose: %(kind)s") % {"kind": offer.kind._meta.verbose_name}
    if offer.is_of_new_row:
        row = children_of(offer.kind)[offer.row.row_kind]
        return _("Add what is missing: %(kind)s") % {"kind": row._meta.verbose_name}
    return _("Suggest a correction")


def about(offer: EditableFields) -> str:
    """The row that it is about, or what a new row speaks of; nothing for facts, which say it themselves."""
    path = offer.row if offer.is_of_row else _fact_of(offer)
    if not path.parts:
        return ""
    return comparison.Describer(offer.start["kind"], offer.start).label(path)


def _fact_of(offer: EditableFields) -> Path:
    below = next(iter((offer.above or {}).values()), "")
    if "/" in below:
        return Path.parse(below, offer.start["rows"])
    if not below:
        return Path()
    row = children_of(offer.kind)[offer.row.row_kind]
    if row.ABOUT in (offer.above or {}):
        names = (below, *columns_of_text(below))
        return next((Path(column=name) for name in names if name in offer.start["fields"]), Path())
    owner = row._meta.get_field(row.OF).related_model
    return Path(row_kind=owner._meta.model_name or "", key=below)  # type: ignore[union-attr]


def how_far(proposal: Proposal) -> str:
    """How far it has come, as its sender reads it: what is a draft for moderators is work on theirs."""
    if proposal.state == ProposalState.DRAFT:
        return _("A moderator is working on it")
    return str(ProposalState(proposal.state).label)


@dataclass(frozen=True)
class Said:
    """One change of a contribution in words, and what was decided of it."""

    label: str
    old: str
    new: str
    decision: Decision | None


def changes(contribution: Contribution) -> list[Said]:
    """What the sender changed, and the newest decision on each change."""
    proposal = contribution.proposal
    decided = {one.path: one for one in proposal.decisions.all()}
    base, wanted = changes_asked_for(contribution)
    describer = comparison.Describer(proposal.kind, start_from(base, wanted), wanted)
    return [
        Said(
            label=capfirst(describer.label(change.path)),
            old=describer.value(change.path, change.old) if base else "",
            new=describer.value(change.path, change.new),
            decision=decided.get(str(change.path)),
        )
        for change in snapshots.changes_since(base, wanted)
        if change.path != Path(column="slug")
    ]
