"""From one proposal to the next, among those to which the queue's list was narrowed down; and a step back."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from contributions.models import Contribution
from contributions.review.places import QUEUE
from contributions.review.queue import undoable_by
from publishing.models.entry import kinds
from publishing.requests import replayed

# Under this name the stock admin gives the list's filters to the pages that the list leads to.
FILTERS = "_changelist_filters"
UNDO_KEY = "u"


def kept(request: HttpRequest) -> str:
    """The filters in force, to be put behind an address."""
    filters = request.GET.get(FILTERS, "")
    return f"?{urlencode({FILTERS: filters})}" if filters else ""


def page_of(request: HttpRequest, contribution: Contribution) -> HttpResponseRedirect:
    """To its page, with the filters in force."""
    address = reverse("admin:contributions_contribution_change", args=[contribution.pk])
    return redirect(f"{address}{kept(request)}")


def go_on(request: HttpRequest, contribution: Contribution) -> HttpResponseRedirect:
    """To the next that waits; from the last one to the list."""
    waiting = Contribution.objects.waiting_for(request.user, timezone.now()).behind(contribution)
    narrowed = _narrowed(request)
    if narrowed is not None:
        waiting = waiting.filter(pk__in=narrowed.order_by().values("pk"))
    if (following := waiting.first()) is not None:
        return page_of(request, following)
    if filters := request.GET.get(FILTERS, ""):
        messages.info(request, _("That was the last of this list."))
        return redirect(f"{reverse(QUEUE)}?{filters}")
    messages.info(request, _("That was the last of the queue."))
    return redirect(QUEUE)


def way_back(request: HttpRequest) -> dict[str, Any]:
    """What one can still undo, and where a new entry is taken away instead."""
    undoable = undoable_by(request.user, timezone.now())
    revision = undoable.proposal.revision if undoable else None
    retracting = ""
    if revision is not None and revision.number == 1:
        options = kinds()[revision.entry.kind]._meta
        name = f"admin:{options.app_label}_{options.model_name}_delete"
        retracting = reverse(name, args=[revision.entry_id])
    return {"undoable": undoable, "retracting": retracting, "undo_key": UNDO_KEY}


def _narrowed(request: HttpRequest) -> QuerySet | None:
    """What the filters in force let through; None where there are none, or none that one can read."""
    filters = request.GET.get(FILTERS, "")
    if not filters:
        return None
    queue = admin.site.get_model_admin(Contribution)
    try:
        return queue.get_changelist_instance(replayed(request, query=QueryDict(filters))).queryset
    except (IncorrectLookupParameters, SuspiciousOperation):
        return None
