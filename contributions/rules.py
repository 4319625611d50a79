"""May this happen? Each rule returns None, or a Refusal that says why not."""

from typing import Any

from django.utils.translation import gettext as _

from contributions.models import Contribution
from publishing.models import Proposal
from publishing.rules import Refusal


def why_not_appeal(contribution: Contribution, text: str) -> Refusal | None:
    """Whether the sender may ask once more, of another moderator, for what was declined."""
    if contribution.appealed_at is not None:
        return Refusal("appealed", _("You have appealed once; the second decision stands."))
    if contribution.proposal.decided_by_id is None:
        return Refusal("nobody_decided", _("Nobody has decided it yet."))
    if not text.strip():
        return Refusal("nothing_said", _("Say what the moderator overlooked."))
    return None


def why_not_decide_appeal(step: str, proposal: Proposal, by: Any) -> Refusal | None:
    """Whether `by` may decide it: an appeal is decided by another than who decided before."""
    appealed = Contribution.objects.filter(proposal=proposal, appeal_of=by).exists()
    if not appealed:
        return None
    return Refusal(
        "own_decision", _("This is an appeal against your own decision; another moderator decides.")
    )
