"""One contribution to decide: what it would change, what speaks for it, and after the decision the next."""

from collections.abc import Callable
from dataclasses import dataclass
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

from contributions import rules as own_rules
from contributions.actions import deciding, following, improving, settling
from contributions.admin.navigation import UNDO_KEY, go_on, kept, page_of, way_back
from contributions.models import Contribution
from contributions.review.checks import Finding, ReviewedContribution, findings
from contributions.review.competing import CompetingProposal, competing_proposals
from contributions.review.places import QUEUE
from contributions.review.queue import others_of, waiting_time
from desk.access import ForModeratorsMixin, ReadOnlyAdmin
from desk.addresses import draft_address, parse_uuid
from desk.forms.review import StepForm
from desk.review import ReviewForms, StepButton, StepButtons, review_context
from publishing import comparison, rules
from publishing.languages import direction, join_list
from publishing.proposals import changes_of, merge_status, start_of
from publishing.rules import Conflicted, Refusal
from publishing.vocabulary import ProposalState, Reason
from publishing.workflow import states
from publishing.workflow.transitions import TRANSITIONS, Who

DONE = {
    deciding.Done.PUBLISHED: gettext_lazy("Published: “%(title)s”."),
    deciding.Done.APPROVED: gettext_lazy("Approved: “%(title)s”. Another moderator publishes it."),
    deciding.Done.DECLINED: gettext_lazy("Declined: “%(title)s”."),
    deciding.Done.SUPERSEDED: gettext_lazy(
        "“%(title)s” said so already; the proposal is closed as overtaken."
    ),
}


class ReviewPages(ForModeratorsMixin, ReadOnlyAdmin):
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
        page = review_context(contribution.proposal, request, ReviewForms(step=form))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            **page,
            **_about(contribution, request, page["steps"]),
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
        form = StepForm(
            request.POST, changes=changes_of(proposal), proposal=proposal, step=VERBS[verb].step_of_form
        )
        try:
            if not form.is_valid():
                return self._review(request, contribution, form)
            return VERBS[verb].does(request, contribution, form)
        except Conflicted:
            if TRANSITIONS[VERBS[verb].step].undoes:
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
        facts = join_list(dict.fromkeys(map(reader.label, already)))
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


@dataclass(frozen=True)
class Verb:
    """What a moderator does with a contribution: a step of the table, in the way of the public door."""

    name: str
    step: str
    does: Callable[[HttpRequest, Contribution, StepForm], HttpResponseBase]
    # The key that presses its button, where it is not the step's own.
    own_key: str = ""
    # The boxes beside the changes are sent with it.
    has_ticks: bool = False

    @property
    def key(self) -> str:
        """The key that presses its button."""
        return self.own_key or TRANSITIONS[self.step].key

    @property
    def step_of_form(self) -> str:
        """The step by which its form is checked; the others' forms have nothing but a note."""
        return self.step if self.has_ticks else ""


VERBS = {
    one.name: one
    for one in (
        Verb("accept", "accept", _accept, has_ticks=True),
        Verb("settle", "accept", _settle),
        Verb("improve", "take_back", _improve, own_key="i"),
        Verb("ask", "send_back", _ask),
        Verb("decline", "decline", _decline),
        Verb("put-back", "give_back", _put_back),
        Verb("undo", "reopen", _undo, own_key=UNDO_KEY),
    )
}


def _tell(request: HttpRequest, contribution: Contribution, done: deciding.Done) -> None:
    messages.success(request, DONE[done] % {"title": contribution.proposal.title})


# --- what the page shows ------------------------------------------------------------------------


@dataclass(frozen=True)
class Decision:
    """What the moderator may decide, and why not."""

    is_open: bool
    why_not: Refusal | None
    # Who has approved it already waits for another moderator.
    why_not_accept: Refusal | None
    is_for_approval: bool
    # Each with the digit of its key, and what the sender reads where nothing is added.
    reasons: list[tuple[int, str, Any, str]]
    # The steps of the table that have no button of their own here.
    more: list[StepButton]
    keys: dict[str, str]

    @classmethod
    def of(cls, contribution: Contribution, steps: StepButtons, by: Any) -> "Decision":
        """What `by` may decide now."""
        proposal = contribution.proposal
        alone = own_rules.why_not_publish_alone("accept", proposal, by)
        return cls(
            is_open=proposal.state in states.WAITING,
            why_not=rules.why_not("decline", proposal, by, timezone.now()),
            why_not_accept=alone if isinstance(alone, own_rules.ApprovedAlready) else None,
            is_for_approval=isinstance(alone, own_rules.NeedsSecondModerator),
            reasons=[
                (digit, one.value, one.label, deciding.default_note(contribution, one.value))
                for digit, one in enumerate(Reason, start=1)
            ],
            more=_without_a_verb(steps),
            keys={one.name: one.key for one in VERBS.values()},
        )


@dataclass(frozen=True)
class SenderSummary:
    """Who sent it, as far as one can know, since when they wait, and what else they sent."""

    direction: str
    age: tuple[str, str]
    others: list[Contribution]
    others_count: int

    @classmethod
    def of(cls, contribution: Contribution) -> "SenderSummary":
        """What is known just now."""
        others = others_of(contribution)
        age = waiting_time(contribution.proposal, timezone.now())
        return cls(direction(contribution.language), age, list(others[:8]), others.count())


def _about(contribution: Contribution, request: HttpRequest, steps: StepButtons) -> dict[str, Any]:
    """What the page shows besides what every proposal's page does."""
    decision = Decision.of(contribution, steps, request.user)
    return {
        "contribution": contribution,
        "decision": decision,
        "is_being_improved": contribution.proposal.state == ProposalState.DRAFT,
        "sender": SenderSummary.of(contribution),
        "findings": _findings(contribution) if decision.is_open else [],
        "competing": _competing(contribution) if decision.is_open else [],
        "talk": contribution.messages.select_related("by"),
        "queue": reverse(QUEUE),
        "kept": kept(request),
        **way_back(request),
    }


def _without_a_verb(steps: StepButtons) -> list[StepButton]:
    """What moderators do with what waits and no verb does: first what this one may do now."""
    taken = {one.step for one in VERBS.values()}
    more = [
        one
        for one in steps.of
        if one.step.who is Who.MODERATORS
        and one.step.name not in taken
        and set(one.step.sources) & set(states.WAITING)
    ]
    return sorted(more, key=lambda one: (one.why_not is not None, not one.is_from_here))


def _findings(contribution: Contribution) -> list[Finding]:
    proposal = contribution.proposal
    reader = comparison.Reader(proposal.kind, start_of(proposal), proposal.wanted)
    changes, status = changes_of(proposal), merge_status(proposal)
    return findings(ReviewedContribution(contribution, changes, status, reader))


def _competing(contribution: Contribution) -> list[tuple[CompetingProposal, tuple[str, str]]]:
    """Those on the same fact, each with how long it waits."""
    now = timezone.now()
    found = competing_proposals(contribution)
    return [(one, waiting_time(one.contribution.proposal, now)) for one in found]
