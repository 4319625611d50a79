"""What changes: the only code that writes content.

Each action asks its rule, locks, changes, records, and announces on commit.
"""

from publishing.actions.ages import ages_from_the_beginning, counts, rebuild, rebuild_all
from publishing.actions.database import refusal_of_the_database
from publishing.actions.drafting import (
    PRESENCE_TIMEOUT,
    autosave_form,
    begin_draft,
    delete_expired_form_state,
    delete_filter,
    discard_autosave,
    finish_draft,
    note_presence,
    publish_or_schedule,
    resolve_late_save,
    save_draft,
    save_filter,
    schedule_new,
    sides_of_late_save,
)
from publishing.actions.merging import merge_duplicates
from publishing.actions.publishing import (
    credit_to,
    propose,
    propose_publicly,
    publish,
    publish_at_once,
    replace_snapshot,
    resolve,
    resolve_and_publish,
)
from publishing.actions.retracting import restore, retract
from publishing.actions.reviewing import (
    accept,
    accept_some,
    changes_of,
    comment,
    decline,
    hold_back,
    publish_due,
    revoke_preview,
    schedule,
    share_preview,
    step,
    token_digest,
)
from publishing.actions.rewording import reword
from publishing.actions.steps import digest, lock_publishing, three_sides
from publishing.actions.translating import check_translations, translate
from publishing.actions.undoing import undo
from publishing.actions.words import Word, decide

__all__ = [
    "PRESENCE_TIMEOUT",
    "Word",
    "accept",
    "accept_some",
    "ages_from_the_beginning",
    "note_presence",
    "replace_snapshot",
    "begin_draft",
    "changes_of",
    "check_translations",
    "comment",
    "counts",
    "credit_to",
    "decide",
    "decline",
    "digest",
    "finish_draft",
    "delete_filter",
    "discard_autosave",
    "hold_back",
    "autosave_form",
    "merge_duplicates",
    "propose",
    "propose_publicly",
    "publish",
    "publish_at_once",
    "publish_due",
    "publish_or_schedule",
    "rebuild",
    "rebuild_all",
    "refusal_of_the_database",
    "resolve",
    "resolve_and_publish",
    "resolve_late_save",
    "restore",
    "retract",
    "revoke_preview",
    "reword",
    "save_draft",
    "save_filter",
    "schedule",
    "schedule_new",
    "share_preview",
    "sides_of_late_save",
    "step",
    "delete_expired_form_state",
    "lock_publishing",
    "three_sides",
    "token_digest",
    "translate",
    "undo",
]
