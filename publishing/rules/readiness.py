"""What speaks against publishing and may be overridden, with a reason that is kept.

The checks stand in settings.READINESS_CHECKS, each a function of a snapshot that yields shortcomings.
"""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from publishing.refusals import Refusal
from publishing.snapshots import Snapshot


class Shortcoming(Refusal):
    """Something that a record should not lack; `about` names the fact or row that lacks it."""

    def __init__(self, code: str, about: str, message: str) -> None:
        super().__init__(code, message)
        self.about = about


class Unready(Refusal):
    """The record lacks something, and no reason was given to publish it all the same."""

    def __init__(self, shortcomings: list[Shortcoming]) -> None:
        message = " ".join(dict.fromkeys(one.message for one in shortcomings))
        super().__init__("unready", message)
        self.shortcomings = shortcomings


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
    return Refusal("may_not_override", _("Publishing against a rule takes a moderator who may do so."))


def _all(snapshot: Snapshot) -> list[Shortcoming]:
    checks = [import_string(name) for name in settings.READINESS_CHECKS]
    return [one for check in checks for one in check(snapshot)]
