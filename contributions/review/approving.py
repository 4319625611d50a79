"""Facts that weigh heavily take two moderators: the first approves, the second publishes."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from contributions.models import Approval
from contributions.review.touched_fields import protected
from publishing import snapshots
from publishing.models import Proposal
from publishing.rules import Refusal
from publishing.vocabulary import Origin

PUBLISHING = frozenset({"accept", "accept_some", "schedule"})


def why_not_publish_alone(step: str, proposal: Proposal, by: Any) -> Refusal | None:
    """Whether `by` may publish it: a protected fact from the public needs another's approval before."""
    if step not in PUBLISHING or not is_for_two(proposal):
        return None
    if _approvals(proposal).exclude(by=by).exists():
        return None
    if _approvals(proposal).filter(by=by).exists():
        message = _("You have approved it; now another moderator looks at it and publishes it.")
        return Refusal("approved", message)
    return Refusal("second_moderator", _("It touches a protected fact: two moderators decide it together."))


def is_for_two(proposal: Proposal) -> bool:
    """Whether the proposal takes two moderators."""
    if not settings.FOUR_EYES or proposal.origin != Origin.PUBLIC:
        return False
    base = proposal.base.snapshot if proposal.base else None
    return bool(protected(proposal.kind, snapshots.changes_since(base, proposal.wanted)))


def _approvals(proposal: Proposal) -> Any:
    """Those of the proposal as it stands; what is changed is approved anew."""
    return Approval.objects.filter(proposal=proposal, version=proposal.version)
