"""The way on from a decided proposal: to the next one that waits, in the list as it was filtered."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.addresses import draft_address, filters_query
from desk.filtered_lists import filtered_list, filters_of_list
from desk.hooks import next_pages
from publishing import rules
from publishing.models import Proposal
from publishing.vocabulary import Origin, ProposalState
from publishing.workflow.transitions import TRANSITIONS

# So many proposals are tried until one is found that the person can decide.
MAX_TRIED = 50


def address_of_next(proposal: Proposal, request: HttpRequest) -> str:
    """The address of the next proposal that waits; that of the list after the last one."""
    for find_page in next_pages:
        if address := find_page(proposal):
            return f"{address}{filters_query(request)}"
    listed = filtered_list(request, Proposal)
    if following := _next_waiting(proposal, request.user, listed):
        return review_address(following, request)
    if listed is None:
        messages.info(request, _("That was the last one that waits for your review."))
    else:
        messages.info(request, _("That was the last one of this list that waits for your review."))
    filters = filters_of_list(request).urlencode() or "waiting=review"
    return f"{reverse('admin:publishing_proposal_changelist')}?{filters}"


def address_after(step: str, proposal: Proposal, request: HttpRequest) -> str:
    """The address to go to after a step with which the person stays at the proposal."""
    if TRANSITIONS[step].target == ProposalState.DRAFT:
        return draft_address(proposal)
    return review_address(proposal, request)


def review_address(proposal: Proposal, request: HttpRequest) -> str:
    """The address of the proposal, which keeps the filters of the list from which the person came."""
    address = reverse("admin:publishing_proposal_change", args=[proposal.pk])
    return f"{address}{filters_query(request)}"


def address_in_conflict(step: str, proposal: Proposal, request: HttpRequest) -> str:
    """The address at which the conflict is resolved; for an undo, which it prevents, the proposal."""
    if TRANSITIONS[step].undoes:
        messages.error(request, _("The same facts have been changed since; correct them by hand."))
        return review_address(proposal, request)
    address = reverse("admin:publishing_proposal_resolve", args=[proposal.pk])
    return f"{address}{filters_query(request)}"


def _next_waiting(proposal: Proposal, by: Any, listed: QuerySet[Proposal] | None) -> Proposal | None:
    """The oldest proposal of an editor submitted after it that `by` can decide; else the oldest of all."""
    waiting = Proposal.objects.waiting().exclude(origin=Origin.PUBLIC).exclude(pk=proposal.pk)
    if listed is not None:
        waiting = waiting.filter(pk__in=listed.order_by().values("pk"))
    waiting = waiting.filter(meant_for=None).select_related("base", "claimed_by")
    later = Q(submitted_at__gt=proposal.submitted_at) if proposal.submitted_at else Q()
    now = timezone.now()
    for found in (waiting.filter(later), waiting):
        for candidate in found[:MAX_TRIED]:
            if rules.why_not("decline", candidate, by, now) is None:
                return candidate
    return None
