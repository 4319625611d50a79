"""Whether a person may take a step with a proposal; the steps are in `publishing.workflow.transitions`."""

import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from publishing import hooks
from publishing.models import PreviewLink, Proposal
from publishing.models.entry import kinds
from publishing.people import display_name
from publishing.refusals import NotPermitted, Refusal
from publishing.rules.permissions import needs_four_eyes, why_not_permitted
from publishing.vocabulary import Origin, ProposalState
from publishing.workflow import states
from publishing.workflow.step import Transition, Who
from publishing.workflow.transitions import TRANSITIONS


def why_not(step: str, proposal: Proposal, by: Any, now: datetime.datetime) -> Refusal | None:
    """Whether `by` may take the step with the proposal.

    by: an account, or None for the worker or for the sender of a proposal from the public door.
    """
    transition = TRANSITIONS[step]
    return why_not_move(step, proposal) or _WHY_NOT_WHO[transition.who](transition, proposal, by, now)


def why_not_move(step: str, proposal: Proposal) -> Refusal | None:
    """Whether the step is possible in the state of the proposal.

    A late save can only be ended: by the choice in its conflict, or withdrawn.
    """
    transition = TRANSITIONS[step]
    if proposal.meant_for_id is not None and step == "resolve":
        return _why_not_in_state(transition.sources, proposal)
    ends_it = transition.target in states.CLOSED
    return (
        _why_not_practice(proposal)
        or _why_not_in_state(transition.sources, proposal)
        or (None if ends_it else _why_not_late(proposal))
    )


def why_not_resolve(proposal: Proposal, by: Any) -> Refusal | None:
    """Whether `by` may resolve its conflicts: the author may, and for other than drafts every moderator."""
    is_draft = proposal.state == ProposalState.DRAFT
    is_own = proposal.author_id == by.pk or (by.is_superuser and not proposal.is_practice)
    if not is_own and (is_draft or not by.has_perm("publishing.decide_proposal")):
        return NotPermitted("not_yours", _("Only its author or a moderator can do this."))
    return why_not_move("resolve", proposal)


def why_not_resolve_with_public(proposal: Proposal) -> Refusal | None:
    """Whether it can conflict with what is public: a new entry cannot, nor a late save."""
    if proposal.base_id is None and proposal.meant_for_id is None:
        return Refusal("no_conflict", _("There are no conflicts left."))
    return _why_not_late(proposal)


def why_not_edit_draft(proposal: Proposal, by: Any) -> Refusal | None:
    """Whether `by` may edit the draft."""
    return (
        _why_not_in_state(states.WITH_AUTHOR, proposal)
        or _why_not_author(proposal, by)
        or _why_not_late(proposal)
    )


def why_not_read(proposal: Proposal, by: Any) -> Refusal | None:
    """Whether `by` may read the proposal: the author may, and whoever may view or decide all.

    An entry for practice is its author's alone.
    """
    may_see_all = by.has_perm("publishing.view_proposal") or by.has_perm("publishing.decide_proposal")
    sees_all = may_see_all and not proposal.is_practice
    if sees_all or (by.is_active and proposal.author_id == by.pk):
        return None
    return Refusal("not_permitted", _("This proposal is somebody else's."))


def why_not_share(proposal: Proposal, by: Any) -> Refusal | None:
    """Whether `by` may make a link by which everybody reads the proposal: the author may, or a moderator."""
    return (
        why_not_read(proposal, by)
        or _why_not_practice(proposal)
        or _why_not_late(proposal)
        or _why_not_of_another(proposal, by)
    )


def why_not_revoke(link: PreviewLink, by: Any) -> Refusal | None:
    """Whether `by` may revoke a preview link: they made it, or are the author or a moderator."""
    if by.pk in (link.made_by_id, link.proposal.author_id) or by.has_perm("publishing.decide_proposal"):
        return None
    message = _("Only the person who made the link, the author of the proposal or a moderator can revoke it.")
    return Refusal("not_yours", message)


def why_not_publish_oneself(proposal: Proposal, by: Any) -> Refusal | None:
    """Whether `by` may publish their own proposal without a review."""
    kind = kinds()[proposal.kind]
    if proposal.base is None and kind.IS_REFERENCE:
        # It is out of sight until a published entry uses it.
        return why_not_permitted(by, "add", kind)
    return _why_not_decide_at_all(by) or _why_not_own(TRANSITIONS["accept"], proposal, by)


def undo_deadline(decided_at: datetime.datetime) -> datetime.datetime:
    """The time until which a decision made then can be undone."""
    return decided_at + datetime.timedelta(minutes=settings.UNDO_MINUTES)


def _why_not_practice(proposal: Proposal) -> Refusal | None:
    if not proposal.is_practice:
        return None
    message = _("This entry is for practice: it can be saved and seen, and never submitted or published.")
    return Refusal("practice", message)


def _why_not_late(proposal: Proposal) -> Refusal | None:
    """Whether it waits beside a draft whose author has to choose first."""
    if proposal.meant_for_id is None:
        return None
    message = _("This save conflicts with the draft. Choose first what the draft should say.")
    return Refusal("late", message)


def _why_not_in_state(sources: tuple[ProposalState, ...], proposal: Proposal) -> Refusal | None:
    if proposal.state in sources:
        return None
    if proposal.state in states.ENDED:
        return Refusal("decided", _("This proposal has already been decided."))
    return Refusal(
        "state",
        _("This is not possible while it is “%(state)s”.") % {"state": ProposalState(proposal.state).label},
    )


def _why_not_author(proposal: Proposal, by: Any) -> Refusal | None:
    if refusal := why_not_read(proposal, by):
        return refusal
    return why_not_permitted(by, "add" if proposal.base_id is None else "change", kinds()[proposal.kind])


def _why_not_of_another(proposal: Proposal, by: Any) -> Refusal | None:
    """Editors may edit the drafts of others, but only the author or a moderator may take a step with them."""
    if proposal.author_id == by.pk or by.has_perm("publishing.decide_proposal"):
        return None
    return Refusal("not_yours", _("Only its author or a moderator can do this."))


def _why_not_by_hooks(transition: Transition, proposal: Proposal, by: Any) -> Refusal | None:
    """Whether the hooks of other apps allow to submit or decide it."""
    if not (transition.submits or transition.is_decision):
        return None
    refusals = (rule(transition.name, proposal, by) for rule in hooks.step_rules)
    return next((refusal for refusal in refusals if refusal), None)


def _why_not_decide_at_all(by: Any) -> Refusal | None:
    if by.has_perm("publishing.decide_proposal"):
        return None
    return Refusal("not_a_moderator", _("Only a moderator can publish; submit it for review."))


def _why_not_decide_others(proposal: Proposal, by: Any) -> Refusal | None:
    """As `_why_not_decide_at_all`; for a submitted proposal the message does not advise to submit it."""
    refusal = _why_not_decide_at_all(by)
    if refusal is None or proposal.state in states.WITH_AUTHOR:
        return refusal
    return Refusal(refusal.code, _("Only a moderator can do that."))


def _why_not_own(transition: Transition, proposal: Proposal, by: Any) -> Refusal | None:
    if proposal.author_id == by.pk and transition.is_decision and needs_four_eyes():
        return Refusal("own_proposal", _("Somebody else must decide what you wrote."))
    return None


def _why_not_undo(proposal: Proposal, by: Any, now: datetime.datetime) -> Refusal | None:
    """Whether it is one's own decision, made less than settings.UNDO_MINUTES ago."""
    if proposal.decided_by_id != by.pk or proposal.decided_at is None:
        return Refusal("not_yours", _("Only the person who decided it can undo it."))
    if undo_deadline(proposal.decided_at) <= now:
        return Refusal("too_late", _("It was decided too long ago to be undone."))
    return None


def _why_not_claimed(proposal: Proposal, by: Any, now: datetime.datetime) -> Refusal | None:
    until = proposal.claimed_until
    if proposal.claimed_by_id in (None, by.pk) or until is None or until <= now:
        return None
    return Refusal(
        "claimed",
        _("%(name)s has taken on this review until %(time)s UTC.")
        % {"name": display_name(proposal.claimed_by), "time": f"{until:%H:%M}"},
    )


# --- who may take the step ------------------------------------------------------------------


def _why_not_by_author(
    transition: Transition, proposal: Proposal, by: Any, now: datetime.datetime
) -> Refusal | None:
    return (
        _why_not_without_account(by)
        or _why_not_author(proposal, by)
        or _why_not_of_another(proposal, by)
        or _why_not_by_hooks(transition, proposal, by)
    )


def _why_not_by_moderator(
    transition: Transition, proposal: Proposal, by: Any, now: datetime.datetime
) -> Refusal | None:
    # Publishing a draft needs no second person, since there was no review.
    is_draft = proposal.state in states.WITH_AUTHOR
    return (
        _why_not_without_account(by)
        or why_not_permitted(by, "add" if proposal.base_id is None else "change", kinds()[proposal.kind])
        or why_not_read(proposal, by)
        or (why_not_publish_oneself if is_draft else _why_not_decide_others)(proposal, by)
        or (None if is_draft else _why_not_own(transition, proposal, by))
        or _why_not_claimed(proposal, by, now)
        or (_why_not_undo(proposal, by, now) if transition.undoes else None)
        or _why_not_by_hooks(transition, proposal, by)
    )


def _why_not_by_resolver(
    transition: Transition, proposal: Proposal, by: Any, now: datetime.datetime
) -> Refusal | None:
    return _why_not_without_account(by) or why_not_resolve(proposal, by)


def _why_not_by_worker(
    transition: Transition, proposal: Proposal, by: Any, now: datetime.datetime
) -> Refusal | None:
    return None if by is None else Refusal("not_yours", _("The casebook does this automatically."))


def _why_not_by_sender(
    transition: Transition, proposal: Proposal, by: Any, now: datetime.datetime
) -> Refusal | None:
    if by is None and proposal.origin == Origin.PUBLIC:
        return None
    return Refusal("not_yours", _("Only the sender can do this, by their private link."))


def _why_not_without_account(by: Any) -> Refusal | None:
    """Whether a person takes the step, not the worker."""
    return Refusal("not_yours", _("The casebook does this automatically.")) if by is None else None


_WHY_NOT_WHO = {
    Who.AUTHORS: _why_not_by_author,
    Who.MODERATORS: _why_not_by_moderator,
    Who.RESOLVERS: _why_not_by_resolver,
    Who.WORKER: _why_not_by_worker,
    Who.SENDERS: _why_not_by_sender,
}
