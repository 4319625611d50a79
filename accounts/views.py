"""Our own pages of an account: the invitation, the sessions, and why a second factor is required."""

from typing import Any

from allauth.account.decorators import reauthentication_required
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

from accounts import account_changes, actions, rules
from accounts.forms import AcceptInvitation, ChangeAddress
from accounts.models import AddressChange, Invitation
from publishing.numbers import parse_number
from publishing.rules import Refusal
from publishing.tokens import token_digest


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class InvitationAccept(FormView):
    """The page that the link of an invitation leads to."""

    form_class = AcceptInvitation
    template_name = "accounts/accept_invitation.html"
    success_url = reverse_lazy("account_login")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the form if the invitation can be accepted, else a page that says why not."""
        digest = token_digest(kwargs["token"])
        invitation = Invitation.objects.filter(token_digest=digest).first()
        if invitation is None:
            raise Http404
        self.invitation = invitation
        if refusal := rules.why_not_accept(self.invitation, timezone.now()):
            return self._refused(refusal)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The password is also compared with the address."""
        return {**super().get_form_kwargs(), "address": self.invitation.address}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The invitation and its roles."""
        return super().get_context_data(
            invitation=self.invitation, roles=self.invitation.roles.all(), **kwargs
        )

    def form_valid(self, form: AcceptInvitation) -> HttpResponse:
        """Create the account and go to the sign-in page."""
        cleaned = form.cleaned_data
        try:
            actions.accept(
                self.invitation,
                username=cleaned["username"],
                full_name=cleaned["full_name"],
                password=cleaned["password1"],
            )
        except Refusal as refusal:
            return self._refused(refusal)
        messages.success(self.request, _("Your account is ready. Sign in with it."))
        return super().form_valid(form)

    def _refused(self, refusal: Refusal) -> HttpResponse:
        return TemplateResponse(
            self.request, "accounts/invitation_ended.html", {"reason": refusal.message}, status=410
        )


@method_decorator([login_required, never_cache], name="dispatch")
class SessionList(TemplateView):
    """The browsers in which the account is signed in, each with a button that signs it out."""

    template_name = "accounts/sessions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The open sessions, newest first."""
        sessions = UserSession.objects.purge_and_list(self.request.user)
        return super().get_context_data(
            sessions=sorted(sessions, key=lambda session: session.created_at, reverse=True), **kwargs
        )


@method_decorator([login_required, never_cache], name="dispatch")
class SessionEnd(View):
    """Sign one browser out, or all others."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """End only sessions of the signed-in user."""
        key = request.POST.get("session", "")
        if key == "others":
            actions.end_sessions(request.user, except_key=request.session.session_key)
            messages.success(request, _("All other browsers are signed out."))
        else:
            session = get_object_or_404(UserSession, pk=parse_number(key), user=request.user)
            actions.end_session(session)
            messages.success(request, _("That browser is signed out."))
        return redirect("sessions")


@method_decorator([login_required, never_cache], name="dispatch")
class SecondFactorWanted(TemplateView):
    """Explains that the desk needs a second factor, and how to set one up."""

    template_name = "accounts/second_factor_wanted.html"


@method_decorator([login_required, reauthentication_required, never_cache], name="dispatch")
class AddressPage(FormView):
    """One's own email address: ask for another, or stop a change that is under way."""

    form_class = ChangeAddress
    template_name = "accounts/address.html"
    success_url = reverse_lazy("address")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The account is one's own."""
        return {**super().get_form_kwargs(), "account": self.request.user, "by": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The change that is under way, if there is one."""
        open_ones = AddressChange.objects.open(timezone.now()).filter(account=self.request.user.pk)
        return super().get_context_data(change=open_ones.select_related("requested_by").first(), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for a new address, or stop the change."""
        if "cancel" not in request.POST:
            return super().post(request, *args, **kwargs)
        key = parse_number(request.POST["cancel"])
        change = get_object_or_404(AddressChange, pk=key, account=request.user.pk)
        try:
            account_changes.cancel_address(change, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("The change is cancelled."))
        return redirect("address")

    def form_valid(self, form: ChangeAddress) -> HttpResponse:
        """Mail the link that confirms it."""
        address = form.cleaned_data["address"]
        account_changes.request_address(self.request.user, address, by=self.request.user)
        text = _("We have sent a link to %(address)s. Open it there to confirm the new address.")
        messages.success(self.request, text % {"address": address})
        return super().form_valid(form)


@method_decorator(never_cache, name="dispatch")
class AddressConfirm(View):
    """A button that confirms a new address; programs that only open links confirm nothing."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "accounts/confirm_address.html"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The button."""
        return TemplateResponse(request, self.template_name, {"change": self._change(token)})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Confirm it."""
        change = self._change(token)
        try:
            account_changes.confirm_address(change, by=change.account)
        except Refusal as refusal:
            context = {"change": change, "reason": refusal.message}
            return TemplateResponse(request, self.template_name, context, status=410)
        messages.success(request, _("Your email address is changed."))
        return redirect("address" if request.user.is_authenticated else "account_login")

    def _change(self, token: str) -> AddressChange:
        found = AddressChange.objects.select_related("account")
        return get_object_or_404(found, token_digest=token_digest(token))
