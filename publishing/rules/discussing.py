"""May somebody take part in what editors say about an entry?"""

from typing import Any

from django.utils.translation import gettext as _

from publishing.models import FieldThread, Proposal
from publishing.refusals import Refusal
from publishing.rules.permissions import why_not_read_history
from publishing.rules.workflow import why_not_read

MAX_COMMENT = 2000


def why_not_discuss(draft: Proposal | None, by: Any) -> Refusal | None:
    """Whether `by` may read and write comments: every editor may; on a new draft, whoever may see it.

    draft: that of a new entry; None for an entry that is published.
    """
    if not by.is_staff:
        return Refusal("not_permitted", _("Comments are for those at the desk."))
    return why_not_read_history(by) or (why_not_read(draft, by) if draft is not None else None)


def why_not_store_comment(text: str) -> Refusal | None:
    """Whether the text is a comment."""
    if not text.strip():
        return Refusal("no_text", _("Write a comment first."))
    if len(text) > MAX_COMMENT:
        return Refusal("too_long", _("Shorten the comment to %(limit)d characters.") % {"limit": MAX_COMMENT})
    return None


def why_not_reply(thread: FieldThread) -> Refusal | None:
    """Whether the thread takes another comment."""
    if thread.resolved_at is not None:
        return Refusal("resolved", _("This thread was resolved meanwhile. Open it again to reply."))
    return None
