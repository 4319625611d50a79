"""May this happen? Each rule returns None, or a Refusal that says why not."""

from publishing.refusals import Conflicted, Refusal, Shortcoming, Unready
from publishing.rules.contents import why_not_store_values, why_not_thaw, why_not_thaw_all
from publishing.rules.deciding import (
    why_not_accept_some,
    why_not_add_many,
    why_not_comment_on,
    why_not_decide,
    why_not_omit_note,
    why_not_omit_public_note,
    why_not_overwrite,
    why_not_publish,
    why_not_publish_at,
    why_not_record,
    why_not_revive,
)
from publishing.rules.discussing import why_not_discuss, why_not_reply, why_not_store_comment
from publishing.rules.permissions import needs_four_eyes, why_not_permitted, why_not_read_history
from publishing.rules.readiness import shortcomings, why_not_publish_incomplete
from publishing.rules.retracting import (
    is_retracted_as,
    why_not_restore,
    why_not_restore_oneself,
    why_not_retract,
)
from publishing.rules.translating import why_not_confirm_translations, why_not_translate
from publishing.rules.workflow import (
    undo_deadline,
    why_not,
    why_not_edit_draft,
    why_not_move,
    why_not_publish_oneself,
    why_not_read,
    why_not_resolve,
    why_not_resolve_with_public,
    why_not_revoke,
    why_not_share,
)

__all__ = [
    "Conflicted",
    "Refusal",
    "Shortcoming",
    "Unready",
    "is_retracted_as",
    "needs_four_eyes",
    "shortcomings",
    "undo_deadline",
    "why_not",
    "why_not_accept_some",
    "why_not_add_many",
    "why_not_comment_on",
    "why_not_confirm_translations",
    "why_not_decide",
    "why_not_discuss",
    "why_not_edit_draft",
    "why_not_move",
    "why_not_omit_note",
    "why_not_omit_public_note",
    "why_not_overwrite",
    "why_not_permitted",
    "why_not_publish",
    "why_not_publish_at",
    "why_not_publish_incomplete",
    "why_not_publish_oneself",
    "why_not_read",
    "why_not_read_history",
    "why_not_record",
    "why_not_reply",
    "why_not_resolve",
    "why_not_resolve_with_public",
    "why_not_restore",
    "why_not_restore_oneself",
    "why_not_retract",
    "why_not_revive",
    "why_not_revoke",
    "why_not_share",
    "why_not_store_comment",
    "why_not_store_values",
    "why_not_thaw",
    "why_not_thaw_all",
    "why_not_translate",
]
