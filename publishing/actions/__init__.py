"""What changes: the only code that writes content.

Each action asks its rule, locks, changes, records, and announces on commit.
"""

from publishing.actions.ages import ages_from_the_beginning, counts, rebuild, rebuild_all
from publishing.actions.database import refusal_of_the_database
from publishing.actions.drafting import (
    PRESENT,
    be_present,
    begin_draft,
    finish_draft,
    forget_filter,
    forget_typing,
    keep_typing,
    publish_or_schedule,
    resolve_late_save,
    save_draft,
    save_filter,
    schedule_new,
    sides_of_late_save,
    sweep,
)
from publishing.actions.merging import merge_duplicates
from publishing.actions.publishing import (
    begin_again,
    credit_to,
    propose,
    propose_publicly,
    publish,
    publish_at_once,
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
from publishing.actions.steps import digest, take_turn, three_sides
from publishing.actions.translating import check_translations, translate
from publishing.actions.undoing import undo
from publishing.actions.words import Word, decide

__all__ = [
    "PRESENT",
    "Word",
    "accept",
    "accept_some",
    "ages_from_the_beginning",
    "be_present",
    "begin_again",
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
    "forget_filter",
    "forget_typing",
    "hold_back",
    "keep_typing",
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
    "sweep",
    "take_turn",
    "three_sides",
    "token_digest",
    "translate",
    "undo",
]
