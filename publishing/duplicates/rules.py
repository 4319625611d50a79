"""Whether two entries may become one."""

from typing import Any

from django.utils.translation import gettext as _

from publishing import snapshots
from publishing.models import Entry
from publishing.models.entry import kinds
from publishing.refusals import Refusal
from publishing.rules.permissions import why_not_permitted


def why_not_merge(keep: Entry, drop: Entry, by: Any, note: str) -> Refusal | None:
    """Whether `by` may merge `drop` into `keep`: in every entry that points to it, too."""
    if keep.pk == drop.pk:
        return Refusal("itself", _("Choose another entry: an entry cannot be merged with itself."))
    if keep.kind != drop.kind:
        return Refusal("another_kind", _("Only entries of one kind can be merged."))
    if keep.is_retracted or drop.is_retracted:
        return Refusal("retracted", _("This entry was retracted in the meantime; restore it first."))
    return _why_not_move(keep, drop, by, note, users=snapshots.users(drop))


def why_not_part(keep: Entry, drop: Entry, by: Any, note: str) -> Refusal | None:
    """Whether `by` may undo the merge of `drop` into `keep`: whoever may merge them may."""
    if not drop.is_retracted:
        return Refusal("parted", _("Something changed in the meantime. Please look again at what will move."))
    return _why_not_move(keep, drop, by, note, users=snapshots.users(keep))


def _why_not_move(keep: Entry, drop: Entry, by: Any, note: str, *, users: list[Entry]) -> Refusal | None:
    if refusal := why_not_permitted(by, "delete", kinds()[drop.kind]):
        return refusal
    for kind in sorted({keep.kind, *(user.kind for user in users)}):
        if refusal := why_not_permitted(by, "change", kinds()[kind]):
            return refusal
    if not note.strip():
        return Refusal("no_note", _("Say in a public note what changes and why."))
    return None
