"""What speaks against publishing and may be overridden, with a reason that is kept.

What is checked, apps register as hooks.readiness_checks.
"""

from typing import Any

from django.utils.translation import gettext as _

from publishing import hooks
from publishing.refusals import Refusal, Shortcoming, Unready
from publishing.snapshots import Snapshot


def shortcomings(snapshot: Snapshot, public: Snapshot | None) -> list[Shortcoming]:
    """What the snapshot lacks, and what is public already does not."""
    known = {(one.code, one.about) for one in _all(public)} if public else set()
    return [one for one in _all(snapshot) if (one.code, one.about) not in known]


def why_not_ready(
    snapshot: Snapshot, public: Snapshot | None, by: Any, override_reason: str
) -> Refusal | None:
    """Whether the record may be published as it is, or against the rules for a reason."""
    if not (found := shortcomings(snapshot, public)):
        return None
    if not override_reason.strip():
        return Unready(found)
    if by is None or by.has_perm("publishing.override_rule"):
        return None
    return Refusal("may_not_override", _("Only a moderator with that permission can publish against a rule."))


def _all(snapshot: Snapshot) -> list[Shortcoming]:
    return [one for check in hooks.readiness_checks for one in check(snapshot)]
