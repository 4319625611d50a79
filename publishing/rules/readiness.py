"""Shortcomings that prevent publishing unless an editor overrides them with a reason.

Apps register the checks in hooks.readiness_checks.
"""

from typing import Any

from django.utils.translation import gettext as _

from publishing import hooks
from publishing.refusals import Refusal, Shortcoming, Unready
from publishing.snapshots import Snapshot


def shortcomings(snapshot: Snapshot, public: Snapshot | None) -> list[Shortcoming]:
    """What the snapshot lacks, except what the public snapshot lacks too."""
    found = _all(snapshot)
    known = {(one.code, one.about) for one in _all(public)} if found and public else set()
    return [one for one in found if (one.code, one.about) not in known]


def why_not_lack(found: list[Shortcoming], by: Any, override_reason: str) -> Refusal | None:
    """Whether the record lacks nothing, or `by` may override that and gives a reason.

    found: its shortcomings.
    """
    if not found:
        return None
    if not override_reason.strip():
        return Unready(found)
    if by is None or by.has_perm("publishing.override_rule"):
        return None
    return Refusal("may_not_override", _("Only a moderator with that permission can publish against a rule."))


def _all(snapshot: Snapshot) -> list[Shortcoming]:
    return [shortcoming for check in hooks.readiness_checks for shortcoming in check(snapshot)]
