"""The way from one contribution to the next in the filtered queue, and back to undo a decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contributions.models import Contribution
from contributions.review.addresses import QUEUE
from contributions.review.queue import undoable_by
from desk.addresses import filters_query
from desk.decided import retract_address
from desk.filtered_lists import filtered_list, filters_of_list
from publishing.rules import undo_deadline
from publishing.workflow.transitions import TRANSITIONS

UNDO_KEY = TRANSITIONS["reopen"].key


def redirect_to_page(request: HttpRequest, contribution: Contribution) -> HttpResponseRedirect:
    """Redirect to its page, keeping the filters."""
    address = reverse("admin:contributions_contribution_change", args=[contribution.pk])
    return redirect(f"{address}{filters_query(request)}")


def redirect_to_next(request: HttpRequest, contribution: Contribution) -> HttpResponseRedirect:
    """Redirect to the next one that waits; from the last one to the list."""
    waiting = Contribution.objects.waiting_for(request.user, timezone.now()).sent_after(contribution)
    in_filters = filtered_list(request, Contribution)
    if in_filters is not None:
        waiting = waiting.filter(pk__in=in_filters.order_by().values("pk"))
    if (following := waiting.first()) is not None:
        return redirect_to_page(request, following)
    if filters := filters_of_list(request).urlencode():
        messages.info(request, _("That was the last of this list."))
        return redirect(f"{reverse(QUEUE)}?{filters}")
    messages.info(request, _("That was the last of the queue."))
    return redirect(QUEUE)


def undo_context(request: HttpRequest) -> dict[str, Any]:
    """The person's last decision, until when it can be undone, and where a new entry is retracted instead."""
    undoable = undoable_by(request.user, timezone.now())
    decided_at = undoable.proposal.decided_at if undoable else None
    return {
        "undoable": undoable,
        "undo_until": undo_deadline(decided_at) if decided_at else None,
        "retract_address": retract_address(undoable.proposal) if undoable else "",
        "undo_key": UNDO_KEY,
    }
