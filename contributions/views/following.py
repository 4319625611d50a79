"""The private link: the state of a contribution, and what its sender can still do."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from contributions import rules
from contributions.abuse import tokens
from contributions.actions import erasing, following
from contributions.form.forms import AppealForm, CreditForm, MessageForm
from contributions.models import Contribution
from contributions.review.news import news_of
from contributions.wording import proposed_changes, state_label
from publishing.models import Entry, Proposal
from publishing.rules import Refusal, why_not
from publishing.tokens import token_digest
from publishing.waiting_times import usual_days
from publishing.workflow import states
from publishing.workflow.step import Who
from publishing.workflow.transitions import TRANSITIONS, steps_of

# The workflow steps of senders; the view has a method for each.
SENDERS_STEPS = tuple(one.name for one in steps_of(Who.SENDERS))

# The address is a secret: no Referer to other sites, no copy in a cache, no entry in a search engine.
SECRET = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


# No CSRF token: the sender of the form has to know the secret address.
@method_decorator([csrf_exempt, sensitive_post_parameters()], name="dispatch")
class PrivateLinkView(View):
    """A page that can be reached only with its secret link."""

    http_method_names = ["get", "head", "post", "options"]
    # The column that holds the digest of the link's token.
    digest: ClassVar[str] = "token_digest"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the contribution, and add headers that protect the secret address."""
        self.contribution = self.get_contribution(kwargs["token"])
        response = super().dispatch(request, *args, **kwargs)
        for name, value in SECRET.items():
            response.headers[name] = value
        return response

    def get_contribution(self, token: str) -> Contribution:
        """The contribution of the link. Raises Http404."""
        by_digest = Contribution.objects.filter(**{self.digest: token_digest(token)})
        contribution = by_digest.select_related(
            "proposal__base__entry", "proposal__entry", "proposal__revision__entry"
        ).first()
        if contribution is None:
            raise Http404
        return contribution


class Follow(PrivateLinkView):
    """State, decisions and messages, with forms to answer, withdraw, appeal, credit and erase."""

    template_name = "contributions/follow.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        return self._page()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Run one of the actions of the page."""
        action = request.POST.get("do", "")
        if action not in {*SENDERS_STEPS, "credit", "erase"}:
            return self._page(status=400)
        method: Callable[[], HttpResponse] = getattr(self, f"_{action}")
        try:
            return method()
        except Refusal as refusal:
            self.contribution.refresh_from_db()
            text = request.POST.get("text", "")
            # The button was pressed twice, or the first answer was lost on its way.
            if action in SENDERS_STEPS and following.was_sent_before(self.contribution, action, text=text):
                return self._done(action)
            return self._page(status=409, refusal=refusal, unsent=text)

    def _answer(self) -> HttpResponse:
        form = MessageForm(self.request.POST)
        if not form.is_valid():
            return self._page(status=422, answer_form=form)
        following.answer(self.contribution, text=form.cleaned_data["text"])
        return self._done("answer")

    def _take_away(self) -> HttpResponse:
        following.withdraw(self.contribution)
        return self._done("take_away")

    def _appeal(self) -> HttpResponse:
        form = AppealForm(self.request.POST)
        if not form.is_valid():
            return self._page(status=422, appeal_form=form)
        following.appeal(self.contribution, text=form.cleaned_data["text"])
        return self._done("appeal")

    def _credit(self) -> HttpResponse:
        form = CreditForm(self.request.POST)
        if not form.is_valid():
            return self._page(status=422, credit_form=form)
        following.credit_to(self.contribution, name=form.cleaned_data["name"])
        return self._done("credit")

    def _erase(self) -> HttpResponse:
        erasing.erase_on_request(self.contribution)
        return self._done("erase")

    def _done(self, what: str) -> HttpResponse:
        """Redirect to the page, which says what was done, so that a reload does not repeat it."""
        return redirect(f"{self.request.path}?done={what}")

    def _done_message(self) -> str:
        """The message about what was just done; empty otherwise."""
        done = self.request.GET.get("done", "")
        done_messages = {
            "credit": _("Your choice is saved."),
            "erase": _("Your details are erased."),
            **{name: TRANSITIONS[name].done for name in SENDERS_STEPS},
        }
        return str(done_messages.get(done, "")) if self.request.method != "POST" else ""

    def _page(self, status: int = 200, **context: Any) -> HttpResponse:
        contribution, now = self.contribution, timezone.now()
        proposal, news = contribution.proposal, news_of(contribution)
        may = {name: why_not(name, proposal, None, now) is None for name in SENDERS_STEPS}
        may["appeal"] = may["appeal"] and rules.why_not_appeal(contribution, "text") is None
        forms = {
            "answer_form": MessageForm(),
            "appeal_form": AppealForm(),
            "credit_form": CreditForm(initial={"name": proposal.credit}),
        }
        page_context = {
            "contribution": contribution,
            "proposal": proposal,
            "state_label": state_label(proposal),
            "news": news,
            "proposed": proposed_changes(contribution, news),
            "messages": contribution.messages.all(),
            "may": may,
            "may_credit": rules.why_not_credit(contribution) is None,
            "done_message": self._done_message(),
            "usual_days": usual_days() if proposal.state in states.WAITING else None,
            "entry": _public_entry(proposal),
            "is_just_sent": "sent" in self.request.GET,
            "address": self.request.build_absolute_uri(self.request.path),
            **forms,
            **context,
        }
        return TemplateResponse(self.request, self.template_name, page_context, status=status)


def _public_entry(proposal: Proposal) -> Entry | None:
    """The entry that the proposal is about, if readers find it."""
    entry = proposal.base.entry if proposal.base else proposal.revision.entry if proposal.revision else None
    return None if entry is None or entry.is_retracted or entry.is_out_of_sight else entry


class ConfirmMail(PrivateLinkView):
    """A button that confirms an address, so that a program that only follows links does not confirm it."""

    digest = "confirm_digest"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The button."""
        return TemplateResponse(request, "contributions/confirm.html", {})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Confirm it, and redirect to the private page."""
        contribution = following.confirm_mail(self.contribution)
        return redirect("contributions:follow", tokens.follow_token(contribution))
