"""Whether an entry may be retracted or restored."""

from typing import Any

from django.utils.translation import gettext as _

from publishing import snapshots
from publishing.languages import join_list
from publishing.models import Entry, Revision
from publishing.models.entry import kinds
from publishing.refusals import Refusal
from publishing.rules.permissions import needs_four_eyes, why_not_permitted


def why_not_retract(entry: Entry, by: Any, reason: str) -> Refusal | None:
    """Whether `by` may retract the entry."""
    if entry.is_retracted:
        return Refusal("retracted", _("This entry is already retracted."))
    if refusal := why_not_permitted(by, "delete", kinds()[entry.kind]):
        return refusal
    if not reason.strip():
        return Refusal("no_reason", _("Give the reason that the public will read."))
    if users := snapshots.users(entry):
        names = join_list(str(user) for user in users[:10])
        return Refusal("in_use", _("Other entries use it: %(names)s. Change those first.") % {"names": names})
    return None


def why_not_restore(revision: Revision, by: Any) -> Refusal | None:
    """Whether `by` may restore the entry as it was in this revision."""
    return why_not_permitted(by, "change", kinds()[revision.entry.kind])


def why_not_restore_oneself(revision: Revision, by: Any) -> Refusal | None:
    """Whether `by` may restore it without a review: moderators may.

    Where FOUR_EYES is set, they may only take a retraction back: all else would be a change of their own.
    """
    if not by.has_perm("publishing.decide_proposal"):
        return Refusal("not_a_moderator", _("Only a moderator can publish; submit it for review."))
    if needs_four_eyes() and not is_retracted_as(revision):
        return Refusal("own_proposal", _("Somebody else must decide what you wrote."))
    return None


def is_retracted_as(revision: Revision) -> bool:
    """Whether the entry is retracted, and the revision says what it said last."""
    newest = Revision.objects.newest_of(revision.entry_id)
    is_last = snapshots.conformed(revision.snapshot) == snapshots.conformed(newest.snapshot)
    return newest.entry.is_retracted and is_last
