"""One contribution to decide: what it would change, what speaks for it, and after the decision the next."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contributions.actions import deciding, following, improving, settling
from contributions.admin.navigation import go_on, kept, page_of, way_back
from contributions.models import Contribution
from contributions.review import approving
from contributions.review.checks import ReviewedContribution, findings
from contributions.review.competing import competing_proposals
from contributions.review.merge_status import merge_status
from contributions.review.places import QUEUE
from contributions.review.queue import others_of, waiting_time
from contributions.review.touched_fields import listed
from desk.addresses import draft_address, parse_uuid
from desk.forms import StepForm
from desk.history import ReadOnlyAdmin
from desk.review import review_context
from publishing import comparison, rules, snapshots
from publishing.actions import reviewing
from publishing.languages import direction
from publishing.rules import Conflicted, Refusal
from publishing.vocabulary import ProposalState, Reason

DONE = {
    deciding.Done.PUBLISHED: gettext_lazy("Published: “%(title)s”."),
    deciding.Done.APPROVED: gettext_lazy("Approved: “%(title)s”. Another moderator publishes it."),
    deciding.Done.DECLINED: gettext_lazy("Declined: “%(title)s”."),
    deciding.Done.SUPERSEDED: gettext_lazy(
        "“%(title)s” said so already; the proposal is closed as overtaken."
    ),
}


class ReviewPages(ReadOnlyAdmin):
    """Adds the page of one contribution, its buttons, and the way to the next."""

    def get_urls(self) -> list:
        """Each verb has an address of its own."""
        own = [
            ("<uuid:key>/decide/<slug:verb>/", self.decide_view, "decide"),
            ("<uuid:key>/next/", self.next_view, "next"),
        ]
        views = [
            path(route, self.admin_site.admin_view(view), name=f"contributions_contribution_{name}")
            for route, view, name in own
        ]
        return [*views, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """All that a moderator needs to decide it."""
        return self._review(request, self._contribution(request, parse_uuid(object_id)))

    def _contribution(self, request: HttpRequest, key: Any) -> Contribution:
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = Contribution.objects.select_related(
            *("proposal__base__entry", "proposal__entry", "proposal__claimed_by", "proposal__revision"),
            *("proposal__decided_by", "appeal_of"),
        )
        return get_object_or_404(found, pk=key)

    def _review(
        self, request: HttpRequest, contribution: Contribution, form: StepForm | None = None
    ) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            **review_context(contribution.proposal, request, form=form),
            **_about(contribution, request),
        }
        return TemplateResponse(request, "admin/contributions/review.html", context)

    # --- deciding ----------------------------------------------------------------------------

    def decide_view(self, request: HttpRequest, key: Any, verb: str) -> HttpResponseBase:
        """Do it and go on to the next; a refusal keeps what was typed."""
        contribution = self._contribution(request, key)
        if verb not in VERBS:
            raise Http404
        if request.method != "POST":
            return page_of(request, contribution)
        proposal = contribution.proposal
        step = "accept" if verb == "accept" else ""
        form = StepForm(request.POST, changes=reviewing.changes_of(proposal), proposal=proposal, step=step)
        try:
            if not form.is_valid():
                return self._review(request, contribution, form)
            return VERBS[verb](request, contribution, form)
        except Conflicted:
            if verb == "undo":
                message = _("The same facts were changed again since; correct them by hand.")
                messages.error(request, message)
                return page_of(request, contribution)
            return redirect("admin:publishing_proposal_resolve", contribution.proposal_id)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            return self._review(request, self._contribution(request, key), form)

    def next_view(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        """The one that waits behind this one."""
        return go_on(request, self._contribution(request, key))


def _accept(request: HttpRequest, contribution: Contribution, form: StepForm) -> HttpResponseBase:
    already = merge_status(contribution.proposal).already
    done = deciding.accept(contribution, by=request.user, note=form.cleaned_data["note"])
    _tell(request, contribution, done)
    if already and done is deciding.Done.PUBLISHED:
        reader = comparison.Reader(contribution.proposal.kind, contribution.proposal.wanted)
        facts = listed(map(reader.label, already))
        messages.info(request, _("So already in the record: %(facts)s.") % {"facts": facts})
    return go_on(request, contribution)


def _decline(request: HttpRequest, contribution: Contribution, form: StepForm) -> HttpResponseBase:
    because = request.POST.get("because", "")
    if because not in Reason.values:
        raise Refusal("no_reason", _("Choose the reason."))
    done = deciding.decline(
        contribution,
        by=request.user,
        reason=because,
        note=form.cleaned_data["note"],
        internal_note=form.cleaned_data["internal_note"],
    )
    _tell(request, contribution, done)
    return go_on(request, contribution)


def _ask(request: HttpRequest, contribution: Contribution, form: StepForm) -> HttpResponseBase:
    following.ask(contribution, by=request.user, text=form.cleaned_data["note"])
    messages.success(request, _("Asked: the sender can answer by their private link."))
    return go_on(request, contribution)


def _improve(request: HttpRequest, contribution: Contribution, form: StepForm) -> HttpResponseBase:
    draft = improving.improve(contribution, by=request.user)
    messages.info(
        request, _("Mend it and publish; the sender stays credited, and is told what became of each part.")
    )
    return redirect(draft_address(draft))


def _settle(request: HttpRequest, contribution: Contribution, form: StepForm) -> HttpResponseBase:
    given = {name.removeprefix("settle:"): value for name, value in request.POST.items()}
    reasons = {key: value for key, value in given.items() if value in Reason.values and value != Reason.OTHER}
    settled = settling.accept_and_close_competing(contribution, by=request.user, reasons=reasons)
    _tell(request, contribution, settled.done)
    if settled.done is deciding.Done.PUBLISHED:
        counts = {"already": settled.already, "declined": settled.declined, "left": settled.left}
        message = _("Of the others: said already %(already)d, declined %(declined)d, still waiting %(left)d.")
        messages.info(request, message % counts)
    return go_on(request, contribution)


def _put_back(request: HttpRequest, contribution: Contribution, form: StepForm) -> HttpResponseBase:
    improving.put_back(contribution, by=request.user)
    messages.success(request, _("It waits again, as it was sent."))
    return page_of(request, contribution)


def _undo(request: HttpRequest, contribution: Contribution, form: StepForm) -> HttpResponseBase:
    deciding.undo(contribution, by=request.user)
    messages.success(request, _("The decision is undone; it waits for review again."))
    return page_of(request, contribution)


VERBS = {
    "accept": _accept,
    "decline": _decline,
    "ask": _ask,
    "improve": _improve,
    "put-back": _put_back,
    "settle": _settle,
    "undo": _undo,
}


def _tell(request: HttpRequest, contribution: Contribution, done: deciding.Done) -> None:
    messages.success(request, DONE[done] % {"title": contribution.proposal.title})


# --- what the page shows ------------------------------------------------------------------------


def _about(contribution: Contribution, request: HttpRequest) -> dict[str, Any]:
    """What the page shows besides what every proposal's page does."""
    proposal, now, by = contribution.proposal, timezone.now(), request.user
    start = snapshots.conformed(proposal.base.snapshot) if proposal.base else snapshots.bare(proposal.wanted)
    case = ReviewedContribution(
        contribution,
        reviewing.changes_of(proposal),
        merge_status(proposal),
        comparison.Reader(proposal.kind, start, proposal.wanted),
    )
    is_open = proposal.state in (ProposalState.SUBMITTED, ProposalState.IN_REVIEW)
    alone = approving.why_not_publish_alone("accept", proposal, by)
    return {
        "contribution": contribution,
        "direction": direction(contribution.language),
        "is_open": is_open,
        "is_being_improved": proposal.state == ProposalState.DRAFT,
        "age": waiting_time(proposal, now),
        "findings": findings(case) if is_open else [],
        "rivals": [
            (one, waiting_time(one.contribution.proposal, now)) for one in competing_proposals(contribution)
        ]
        if is_open
        else [],
        "others": others_of(contribution)[:8],
        "others_count": others_of(contribution).count(),
        "talk": contribution.messages.select_related("by"),
        "why_not": rules.why_not("decline", proposal, by, now),
        "why_not_accept": alone if alone is not None and alone.code == "approved" else None,
        "is_for_approval": alone is not None and alone.code == "second_moderator",
        "reasons": [
            (digit, one.value, one.label, deciding.default_note(contribution, one.value))
            for digit, one in enumerate(Reason, start=1)
        ],
        "more_steps": ("accept_some", "schedule", "claim", "release"),
        **way_back(request),
        "queue": reverse(QUEUE),
        "kept": kept(request),
    }
