"""The review page of one contribution, its decisions, and the way to the next."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contributions.actions import deciding, following, improving, settling
from contributions.admin.decision import Verb, about
from contributions.admin.navigation import redirect_to_next, redirect_to_page
from contributions.models import Contribution
from desk.access import ForModeratorsMixin, ReadOnlyAdmin
from desk.addresses import QUEUE_FILTERS, draft_address, filters_query, parse_uuid
from desk.forms.review import StepForm
from desk.proposed_fields import ONLY, PROPOSED
from desk.review import ReviewForms, review_context
from publishing import comparison
from publishing.actions import reviewing, rewording
from publishing.languages import join_list
from publishing.proposals import changes_of, merge_status
from publishing.rules import Conflicted, Refusal
from publishing.vocabulary import Reason
from publishing.workflow.transitions import TRANSITIONS

RESULT_MESSAGES = {
    deciding.DecisionResult.PUBLISHED: gettext_lazy("Published: “%(title)s”."),
    deciding.DecisionResult.APPROVED: gettext_lazy("Approved: “%(title)s”. Another moderator publishes it."),
    deciding.DecisionResult.DECLINED: gettext_lazy("Declined: “%(title)s”."),
    deciding.DecisionResult.SUPERSEDED: gettext_lazy(
        "“%(title)s” already said this; the proposal is closed as overtaken."
    ),
}


class ReviewPages(ForModeratorsMixin, ReadOnlyAdmin):
    """Adds the page of one contribution, its buttons, and the way to the next."""

    def get_urls(self) -> list:
        """The addresses of the verbs, and of the next contribution."""
        own: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
            ("<uuid:key>/decide/<slug:verb>/", self.decide_view, "decide"),
            ("<uuid:key>/next/", self.next_view, "next"),
        ]
        views = [
            path(route, self.admin_site.admin_view(view), name=f"contributions_contribution_{name}")
            for route, view, name in own
        ]
        return [*views, *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page with all that a moderator needs for a decision."""
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
        page = review_context(contribution.proposal, request, ReviewForms(step=form))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            **page,
            **about(contribution, request, page["steps"], VERBS),
        }
        return TemplateResponse(request, "admin/contributions/review.html", context)

    # --- deciding ----------------------------------------------------------------------------

    def decide_view(self, request: HttpRequest, key: Any, verb: str) -> HttpResponseBase:
        """Run the verb and redirect; after a refusal, show the page again with what was typed."""
        contribution = self._contribution(request, key)
        if verb not in VERBS:
            raise Http404
        if request.method != "POST":
            return redirect_to_page(request, contribution)
        proposal = contribution.proposal
        form = StepForm(
            request.POST,
            changes=changes_of(proposal),
            proposal=proposal,
            step=VERBS[verb].form_step,
            optional=VERBS[verb].optional,
        )
        try:
            if not form.is_valid():
                return self._review(request, contribution, form)
            if form.asks_for_sources:
                is_confirmed = form.cleaned_data["sources_confirmed"]
                rewording.confirm_sources(proposal, by=request.user, is_confirmed=is_confirmed)
            return VERBS[verb].run(request, contribution, form)
        except Conflicted:
            if TRANSITIONS[VERBS[verb].step].undoes:
                message = _("The same facts have been changed since; correct them by hand.")
                messages.error(request, message)
                return redirect_to_page(request, contribution)
            resolve = reverse("admin:publishing_proposal_resolve", args=[contribution.proposal_id])
            return redirect(f"{resolve}{filters_query(request)}")
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            return self._review(request, self._contribution(request, key), form)

    def next_view(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        """Redirect to the next contribution in the queue."""
        return redirect_to_next(request, self._contribution(request, key))


def _accept(request: HttpRequest, contribution: Contribution, form: StepForm) -> HttpResponseBase:
    already = merge_status(contribution.proposal).already
    result = deciding.accept(contribution, by=request.user, note=form.cleaned_data["note"])
    _show_result(request, contribution, result)
    if already and result is deciding.DecisionResult.PUBLISHED:
        describer = comparison.Describer(contribution.proposal.kind, contribution.proposal.wanted)
        facts = join_list(dict.fromkeys(map(describer.label, already)))
        messages.info(request, _("Already in the record: %(facts)s.") % {"facts": facts})
    return redirect_to_next(request, contribution)


def _accept_some(request: HttpRequest, contribution: Contribution, form: StepForm) -> HttpResponseBase:
    given = form.given
    deciding.accept_some(contribution, by=request.user, decisions=given.decisions, note=given.note)
    messages.success(request, _("Published in part: “%(title)s”.") % {"title": contribution.proposal.title})
    return redirect_to_next(request, contribution)


def _schedule(request: HttpRequest, contribution: Contribution, form: StepForm) -> HttpResponseBase:
    reviewing.schedule(contribution.proposal, by=request.user, at=form.cleaned_data["at"])
    messages.success(request, TRANSITIONS["schedule"].done)
    return redirect_to_next(request, contribution)


def _decline(request: HttpRequest, contribution: Contribution, form: StepForm) -> HttpResponseBase:
    reason = request.POST.get("because", "")
    if reason not in Reason.values:
        raise Refusal("no_reason", _("Choose the reason."))
    result = deciding.decline(
        contribution,
        by=request.user,
        reason=reason,
        note=form.cleaned_data["note"],
        internal_note=form.cleaned_data["internal_note"],
    )
    _show_result(request, contribution, result)
    return redirect_to_next(request, contribution)


def _ask(request: HttpRequest, contribution: Contribution, form: StepForm) -> HttpResponseBase:
    following.ask(contribution, by=request.user, text=form.cleaned_data["note"])
    messages.success(request, _("Asked: the sender can answer by their private link."))
    return redirect_to_next(request, contribution)


def _improve(request: HttpRequest, contribution: Contribution, form: StepForm) -> HttpResponseBase:
    draft = improving.improve(contribution, by=request.user)
    messages.info(
        request,
        _("Edit it and publish; the sender stays credited, and learns what was decided about each part."),
    )
    filters = filters_query(request, QUEUE_FILTERS).replace("?", "&", 1)
    return redirect(f"{draft_address(draft)}&{ONLY}={PROPOSED}{filters}")


def _settle(request: HttpRequest, contribution: Contribution, form: StepForm) -> HttpResponseBase:
    chosen = {name.removeprefix("settle:"): value for name, value in request.POST.items()}
    reasons = {
        key: value for key, value in chosen.items() if value in Reason.values and value != Reason.OTHER
    }
    closed = settling.accept_and_close_competing(contribution, by=request.user, reasons=reasons)
    _show_result(request, contribution, closed.result)
    if closed.result is deciding.DecisionResult.PUBLISHED:
        counts = {
            "already": closed.already_applied,
            "declined": closed.declined,
            "left": closed.still_waiting,
        }
        message = _(
            "The others: already in the record %(already)d, declined %(declined)d, still waiting %(left)d."
        )
        messages.info(request, message % counts)
    return redirect_to_next(request, contribution)


def _put_back(request: HttpRequest, contribution: Contribution, form: StepForm) -> HttpResponseBase:
    improving.put_back(contribution, by=request.user)
    messages.success(request, _("It is waiting again, as it was sent."))
    return redirect_to_page(request, contribution)


def _undo(request: HttpRequest, contribution: Contribution, form: StepForm) -> HttpResponseBase:
    deciding.undo(contribution, by=request.user)
    messages.success(request, _("The decision is undone; it is waiting for review again."))
    return redirect_to_page(request, contribution)


VERBS = {
    one.name: one
    for one in (
        Verb("accept", "accept", _accept, form_step="accept"),
        Verb("accept-some", "accept_some", _accept_some, form_step="accept_some", optional=("note",)),
        Verb("schedule", "schedule", _schedule, form_step="schedule"),
        Verb("settle", "accept", _settle),
        Verb("improve", "take_back", _improve, own_key="i"),
        Verb("ask", "send_back", _ask, own_key="q"),
        Verb("decline", "decline", _decline),
        Verb("put-back", "give_back", _put_back),
        Verb("undo", "reopen", _undo),
    )
}


def _show_result(request: HttpRequest, contribution: Contribution, result: deciding.DecisionResult) -> None:
    messages.success(request, RESULT_MESSAGES[result] % {"title": contribution.proposal.title})
