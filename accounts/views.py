"""The pages of an account that are ours: the invitation, the sessions, why a second factor is asked for."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView, View

from accounts import actions, rules
from accounts.forms import AcceptInvitation
from accounts.models import Invitation
from publishing.numbers import parse_number
from publishing.rules import Refusal
from publishing.tokens import token_digest


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class InvitationAccept(FormView):
    """The page that an invitation's link leads to."""

    form_class = AcceptInvitation
    template_name = "accounts/accept_invitation.html"
    success_url = reverse_lazy("account_login")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The form, while the link is good; a page that says why not, where it is no longer."""
        digest = token_digest(kwargs["token"])
        invitation = Invitation.objects.filter(token_digest=digest).first()
        if invitation is None:
            raise Http404
        self.invitation = invitation
        if refusal := rules.why_not_accept(self.invitation, timezone.now()):
            return self._ended(refusal)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The password is measured against the address too."""
        return {**super().get_form_kwargs(), "address": self.invitation.address}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who is invited, and as what."""
        return super().get_context_data(
            invitation=self.invitation, roles=self.invitation.roles.all(), **kwargs
        )

    def form_valid(self, form: AcceptInvitation) -> HttpResponse:
        """Make the account, and let its owner sign in with it."""
        sent = form.cleaned_data
        try:
            actions.accept(
                self.invitation,
                username=sent["username"],
                full_name=sent["full_name"],
                password=sent["password1"],
            )
        except Refusal as refusal:
            return self._ended(refusal)
        messages.success(self.request, _("Your account is ready. Sign in with it."))
        return super().form_valid(form)

    def _ended(self, refusal: Refusal) -> HttpResponse:
        return TemplateResponse(
            self.request, "accounts/invitation_ended.html", {"reason": refusal.message}, status=410
        )


@method_decorator([login_required, never_cache], name="dispatch")
class SessionList(TemplateView):
    """The browsers in which the account is signed in, each with a button that signs it out."""

    template_name = "accounts/sessions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest first, those that have ended left out."""
        sessions = UserSession.objects.purge_and_list(self.request.user)
        return super().get_context_data(
            sessions=sorted(sessions, key=lambda one: one.created_at, reverse=True), **kwargs
        )


@method_decorator([login_required, never_cache], name="dispatch")
class SessionEnd(View):
    """Sign one browser out, or all others."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Only sessions of one's own."""
        key = request.POST.get("session", "")
        if key == "others":
            actions.end_sessions(request.user, but=request.session.session_key)
            messages.success(request, _("All other browsers are signed out."))
        else:
            session = get_object_or_404(UserSession, pk=parse_number(key), user=request.user)
            actions.end_session(session)
            messages.success(request, _("That browser is signed out."))
        return redirect("sessions")


@method_decorator([login_required, never_cache], name="dispatch")
class SecondFactorWanted(TemplateView):
    """Why the desk stays closed until a second factor is set up, and how that is done."""

    template_name = "accounts/second_factor_wanted.html"
