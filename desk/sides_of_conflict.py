"""The two sides of a conflict, and what they are called: who wrote what, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from publishing import snapshots
from publishing.fields.partial_dates import PartialDate
from publishing.models import Proposal, Revision
from publishing.people import display_name
from publishing.snapshots import Conflict, Snapshot
from publishing.vocabulary import Origin


@dataclass
class ConflictVersions:
    """Two versions in conflict: "theirs" is public or in the draft, "mine" is the proposal's.

    sides: base, theirs and mine. against: the number of the revision, or the version of the draft.
    back: the address to return to.
    """

    proposal: Proposal
    sides: tuple[Snapshot, Snapshot, Snapshot]
    against: int
    back: str

    @property
    def is_late_save(self) -> bool:
        """Whether it is a late save of a draft, so that nothing is published."""
        return self.proposal.meant_for_id is not None

    def is_of_another(self, by: Any) -> bool:
        """Whether `by` decides about the proposal of another person."""
        return self.proposal.author_id != by.pk


@dataclass(frozen=True)
class SidesOfConflict:
    """What the page calls the two sides.

    theirs: for each conflict, whose value it is. mine: whose proposal or text it is. intro: what happened.
    other_theirs, other_mine: the headings of what else the sides changed. is_of_one: whether both sides are
    of the person who reads the page, in two windows.
    """

    theirs: list[str]
    mine: str
    intro: str
    other_theirs: str
    other_mine: str
    is_of_one: bool = False


def names_of_sides(versions: ConflictVersions, conflicts: list[Conflict], by: Any) -> SidesOfConflict:
    """The names for the person who reads the page."""
    if versions.is_late_save:
        return _of_late_save(versions, conflicts, by)
    later = _later_revisions(versions)
    theirs = [_public_now(_last_that_changed(conflict, later)) for conflict in conflicts]
    if versions.is_of_another(by):
        return SidesOfConflict(
            theirs,
            _proposal_label(versions.proposal),
            _(
                "The record was changed after this proposal was begun. Where the two do not conflict they "
                "are already merged; choose for the rest. Where you keep what is public, that part of the "
                "proposal is not published."
            ),
            _("What else was published meanwhile"),
            _("What else the proposal changes"),
        )
    return SidesOfConflict(
        theirs,
        _("Your text"),
        _(
            "Somebody published a change while you were writing. Your text is kept here until you decide. "
            "Where the two do not conflict they are already merged; choose for the rest."
        ),
        _("What else was published meanwhile"),
        _("What else you changed"),
    )


def _of_late_save(versions: ConflictVersions, conflicts: list[Conflict], by: Any) -> SidesOfConflict:
    late: Any = versions.proposal
    since = late.meant_for.versions.filter(number__gt=late.meant_for_version).select_related("by")
    saves = [(save.snapshot, save) for save in since.order_by("number")]
    before = versions.sides[0]
    theirs = [_saved_meanwhile(_last_in(conflict, before, saves)) for conflict in conflicts]
    author = display_name(late.author)
    if is_of_one := not versions.is_of_another(by) and all(save.by_id == by.pk for _snapshot, save in saves):
        intro = _(
            "You saved this draft in another window while you were writing here. This text is kept here "
            "until you decide. Where the two do not conflict they are already merged; choose for the rest."
        )
    else:
        intro = _(
            "Somebody saved this draft while you were writing. Your text is kept here until you decide. "
            "Where the two do not conflict they are already merged; choose for the rest."
        )
    return SidesOfConflict(
        theirs,
        _("Text of %(name)s") % {"name": author} if versions.is_of_another(by) else _("Your text"),
        intro,
        _("What else was saved meanwhile"),
        _("What else you changed"),
        is_of_one,
    )


def _later_revisions(versions: ConflictVersions) -> list[Revision]:
    """The base, and the revisions published since, oldest first."""
    base: Any = versions.proposal.base
    since = Revision.objects.filter(entry_id=base.entry_id, number__gte=base.number)
    return list(since.select_related("author").order_by("number"))


def _last_that_changed(conflict: Conflict, revisions: list[Revision]) -> Revision:
    """The last revision that changed the value in conflict."""
    saves = [(revision.snapshot, revision) for revision in revisions]
    found: Revision = _last_in(conflict, snapshots.conformed(revisions[0].snapshot), saves)
    return found


def _last_in(conflict: Conflict, before: Snapshot, saves: Iterable[tuple[Snapshot, Any]]) -> Any:
    """What belongs to the last of the snapshots in which the conflict's value, or a row below, changed."""
    found, paths = None, [conflict.path, *(change.path for change in conflict.below)]
    for snapshot, owner in saves:
        after = snapshots.conformed(snapshot)
        found = found or owner
        if any(snapshots.value_at(before, path) != snapshots.value_at(after, path) for path in paths):
            found = owner
        before = after
    return found


def _public_now(revision: Revision) -> str:
    name = revision.credit or display_name(revision.author)
    day = PartialDate.of(revision.created_at.date()).in_words()
    return _("Public now (published by %(name)s, %(day)s)") % {"name": _isolated(name), "day": day}


def _saved_meanwhile(save: Any) -> str:
    if save is None:
        return _("Saved meanwhile")
    names = {"name": _isolated(display_name(save.by)), "time": f"{save.saved_at:%H:%M}"}
    return _("Saved meanwhile by %(name)s, %(time)s UTC") % names


def _proposal_label(proposal: Proposal) -> str:
    """The proposal with its author, and the day on which it was sent."""
    at = proposal.submitted_at or proposal.created_at
    day = PartialDate.of(at.date()).in_words()
    name = display_name(proposal.author) or proposal.credit
    if proposal.origin == Origin.PUBLIC and not name:
        return _("This proposal (sent by the public, %(day)s)") % {"day": day}
    return _("This proposal (sent by %(name)s, %(day)s)") % {"name": _isolated(name or "—"), "day": day}


def _isolated(name: str) -> str:
    """The name, so that its letters do not change the direction of the text around it."""
    return f"\u2068{name}\u2069"
