"""Whether a proposal corrects typing errors and nothing else."""

import difflib
import re
from typing import Any

from publishing.comparison.columns import is_text
from publishing.models import Proposal
from publishing.models.entry import children_of, kinds
from publishing.proposals import changes_of
from publishing.snapshots import Change

# How many characters of a text may differ, and how similar it has to stay (difflib ratio).
MAX_DIFFERENT = 4
MIN_SIMILARITY = 0.8


def is_typo(proposal: Proposal) -> bool:
    """Whether only texts change, a little, with the same number of words and the same numbers."""
    if proposal.base is None:
        return False
    changes = changes_of(proposal)
    return bool(changes) and all(_is_small_change(proposal.kind, change) for change in changes)


def _is_small_change(kind: str, change: Change) -> bool:
    path, rows, model = change.path, children_of(kinds()[kind]), kinds()[kind]
    if path.is_row or path.member:
        return False
    column: Any = (rows[path.row_kind] if path.row_kind else model)._meta.get_field(path.column)
    if not is_text(column) or not isinstance(change.old, str) or not isinstance(change.new, str):
        return False
    old, new = change.old, change.new
    if re.findall(r"\d+", old) != re.findall(r"\d+", new) or len(old.split()) != len(new.split()):
        return False
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    different = sum(max(b - a, d - c) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal")
    return different <= MAX_DIFFERENT and matcher.ratio() >= MIN_SIMILARITY
