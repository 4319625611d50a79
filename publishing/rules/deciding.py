"""Whether a proposal may become public."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from publishing.models import Entry, Proposal
from publishing.people import display_name
from publishing.refusals import Refusal
from publishing.rules.workflow import why_not
from publishing.snapshots import Snapshot
from publishing.vocabulary import ChangeClass, Origin
from publishing.workflow import states


def why_not_publish(step: str, proposal: Proposal, by: Any, now: datetime.datetime) -> Refusal | None:
    """Whether `by` may make this proposal public now, by the step of that name."""
    if refusal := why_not(step, proposal, by, now):
        return refusal
    return why_not_omit_public_note(proposal)


def why_not_omit_public_note(proposal: Proposal) -> Refusal | None:
    """Whether the proposal has a public note."""
    if not proposal.note.strip():
        return Refusal("no_note", _("Say in a public note what changes and why."))
    return None


def why_not_omit_note(note: str) -> Refusal | None:
    """Whether the note to the author has a text."""
    if not note.strip():
        return Refusal("nothing_said", _("Write a note: the author will read it."))
    return None


def why_not_comment_on(path: str, paths: set[str]) -> Refusal | None:
    """Whether the path of the comment is that of a change in the proposal; paths: all of its changes."""
    if path in paths:
        return None
    message = _("This change is no longer part of the proposal. Comment on the proposal as a whole.")
    return Refusal("no_such_change", message)


def why_not_accept_some(accepted: int, total: int) -> Refusal | None:
    """Whether the accepted changes are a part of the proposal: more than none and less than all."""
    if accepted == 0:
        return Refusal("none_accepted", _("Tick what you accept; to accept nothing, decline the proposal."))
    if accepted == total:
        return Refusal("all_accepted", _("You ticked everything: accept the whole proposal instead."))
    return None


def why_not_publish_at(at: datetime.datetime, now: datetime.datetime) -> Refusal | None:
    """Whether the time is still to come."""
    if at <= now:
        return Refusal("past", _("That time has passed; choose a later one, or publish now."))
    return None


def why_not_decide(proposal: Proposal) -> Refusal | None:
    """Whether the proposal is still open."""
    if proposal.state in states.ENDED:
        return Refusal("decided", _("This proposal has already been decided."))
    return None


def why_not_overwrite(proposal: Proposal) -> Refusal | None:
    """Whether it is about the entry that it started from, or about a new one that nobody else is writing."""
    wanted = proposal.wanted
    if proposal.base is not None:
        started_from = (proposal.base.kind, str(proposal.base.entry_id))
        if {(proposal.kind, wanted["id"]), (wanted["kind"], wanted["id"])} != {started_from}:
            return Refusal("another_entry", _("This proposal started from another entry."))
    elif Entry.objects.filter(pk=wanted["id"]).exists():
        return Refusal("exists", _("This entry exists already; open it and change it there."))
    return why_not_add_many([proposal])


def why_not_add_many(proposals: Sequence[Proposal]) -> Refusal | None:
    """Whether a stored import of new entries of one kind leaves alone what editors write of the same entries.

    An editor's draft begins with what the dataset says; were that public first, the draft never could be.
    """
    keys = {one.wanted["id"] for one in proposals if _is_new_import(one)}
    drafts = Proposal.objects.of_new(proposals[0].kind).select_related("author") if keys else ()
    draft = next((one for one in drafts if one.wanted["id"] in keys), None)
    if draft is None:
        return None
    message = _(
        "%(name)s has begun a draft of this entry. The dataset’s proposal waits until that is published, "
        "declined or withdrawn."
    )
    return Refusal("being_written", message % {"name": display_name(draft.author)})


def _is_new_import(proposal: Proposal) -> bool:
    is_stored = not proposal._state.adding
    return is_stored and proposal.origin == Origin.IMPORT and proposal.base_id is None


def why_not_revive(proposal: Proposal, entry: Entry) -> Refusal | None:
    """Whether the entry is public, or the proposal restores it."""
    if entry.is_retracted and proposal.change_class != ChangeClass.RESTORATION:
        return Refusal("retracted", _("This entry was retracted in the meantime; restore it first."))
    return None


def why_not_record(snapshot: Snapshot, public: Snapshot, is_retracted: bool) -> Refusal | None:
    """Whether there is anything new to record; public: in today's shape, as the snapshot is."""
    if not is_retracted and snapshot == public:
        return Refusal("nothing_changed", _("Nothing was changed, so nothing was published."))
    return None
