"""What a proposal does not know yet: what was published after it was begun."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from publishing import comparison, snapshots
from publishing.fields.partial_dates import PartialDate
from publishing.languages import join_list
from publishing.models import Proposal, Revision
from publishing.people import display_name
from publishing.proposals import changes_of
from publishing.snapshots import ABSENT, Change, Path, Snapshot

# So many facts are named.
MAX_NAMED = 6


@dataclass(frozen=True)
class NewerRecord:
    """The record as it is public now, if it was changed since the proposal was begun.

    sentences: for each change of the proposal whose fact has another value now, one with both values.
    shared: the names of these facts, as one text. message: what was published since.
    """

    newest: Revision
    sentences: dict[Path, str]
    shared: str
    message: str

    @classmethod
    def of(cls, proposal: Proposal) -> "NewerRecord | None":
        """Compare it with what is public now; None if nothing was published since, or for a new entry."""
        if proposal.base is None:
            return None
        newest = Revision.objects.select_related("author").newest_of(proposal.base.entry_id)
        if newest.pk == proposal.base_id:
            return None
        public = snapshots.conformed(newest.snapshot)
        base = snapshots.conformed(proposal.base.snapshot)
        describer = comparison.Describer(proposal.kind, base, proposal.wanted, public)
        changed = [change for change in changes_of(proposal) if _says_otherwise(change, public)]
        sentences = {change.path: _both_values(change, public, describer) for change in changed}
        labels = list(dict.fromkeys(describer.label(change.path) for change in changed))
        shared = join_list([*labels[:MAX_NAMED], *(["…"] if len(labels) > MAX_NAMED else [])])
        return cls(newest, sentences, shared, _message(newest, shared))


def _says_otherwise(change: Change, public: Snapshot) -> bool:
    """Whether others have changed the fact since; also a row that one side changed and the other removed."""
    now = snapshots.value_at(public, change.path)
    return (now is ABSENT) != (change.old is ABSENT) or now != change.old


def _both_values(change: Change, public: Snapshot, describer: comparison.Describer) -> str:
    """The value when it was proposed, and the one that is public now."""
    values = {
        "then": describer.value(change.path, change.old) or "—",
        "now": describer.value(change.path, snapshots.value_at(public, change.path)) or "—",
    }
    if snapshots.value_at(public, change.path) == change.new:
        return _("Was “%(then)s” when it was proposed; the record says this already.") % values
    return _("Was “%(then)s” when it was proposed; “%(now)s” is public now.") % values


def _message(newest: Revision, shared: str) -> str:
    """What was published since, and by whom."""
    values = {
        "number": newest.number,
        "name": f"\u2068{newest.credit or display_name(newest.author)}\u2069",
        "day": PartialDate.of(newest.created_at.date()).in_words(),
        "facts": shared,
    }
    published = _(
        "The record was changed since this was begun: revision %(number)d is public now "
        "(by %(name)s, %(day)s)."
    )
    common = _("Facts that both change: %(facts)s.") if shared else _("Both change different facts.")
    return f"{published % values} {common % values}"
