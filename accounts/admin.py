"""The admin for administrators: accounts, invitations, second factors, and the mail queue."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts import actions, rules
from accounts.forms import Invite
from accounts.models import Invitation, Mail
from desk.access import ReadOnlyAdmin
from publishing.rules import Refusal

for registered in (get_user_model(), Authenticator, EmailAddress, UserSession):
    if admin.site.is_registered(registered):
        admin.site.unregister(registered)


@admin.register(get_user_model())
class AccountAdmin(UserAdmin):
    """Accounts and their roles. New accounts are created by invitation."""

    list_display = ("username", "first_name", "email", "in_roles", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    ordering = ("username",)
    actions = ("sign_out_everywhere",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the roles prefetched."""
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def in_roles(self, account: Any) -> str:
        """The names of the account's groups."""
        return ", ".join(gettext(group.name) for group in account.groups.all())

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts are created by invitation."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts are deactivated, not deleted, so that changes keep their author."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Asks rules.why_not_change_account as well."""
        has_permission = super().has_change_permission(request, obj)
        return has_permission and (obj is None or not rules.why_not_change_account(obj, request.user))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Only a superuser may change more than the roles."""
        fixed = ("last_login", "date_joined")
        return fixed if request.user.is_superuser else (*fixed, "is_superuser", "user_permissions")

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """For superusers only; other users reset a password by mail."""
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    @admin.action(description=_("Sign out everywhere"), permissions=["change"])
    def sign_out_everywhere(self, request: HttpRequest, accounts: QuerySet) -> None:
        """End every session of the accounts."""
        ended = sum(
            actions.end_sessions(account)
            for account in accounts
            if not rules.why_not_change_account(account, request.user)
        )
        message = ngettext("%(count)d session ended.", "%(count)d sessions ended.", ended)
        self.message_user(request, message % {"count": ended})


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    """Invitations and their states."""

    form = Invite
    list_display = ("address", "state", "in_roles", "invited_by", "created_at", "expires_at")
    search_fields = ("address",)
    list_select_related = ("invited_by",)
    filter_horizontal = ("roles",)
    actions = ("send_again", "revoke")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the roles prefetched."""
        return super().get_queryset(request).prefetch_related("roles")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Tell the form who is inviting, which the rule needs."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        return form

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An invitation is sent again or revoked, never changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Invitations are kept as a record."""
        return False

    @admin.display(description=_("state"))
    def state(self, invitation: Invitation) -> str:
        """Its state now."""
        return str(invitation.state_at(timezone.now()).label)

    @admin.display(description=_("roles"))
    def in_roles(self, invitation: Invitation) -> str:
        """The groups that the new account will have."""
        return ", ".join(gettext(group.name) for group in invitation.roles.all())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Send the invitation; `obj` becomes the invitation that the action created."""
        cleaned = form.cleaned_data
        invitation = actions.invite(
            cleaned["address"], roles=cleaned["roles"], language=cleaned["language"], by=request.user
        )
        obj.pk = invitation.pk
        obj._state.adding = False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing to do: the action has saved the roles."""

    @admin.action(description=_("Send again, with a new link"), permissions=["add"])
    def send_again(self, request: HttpRequest, invitations: QuerySet) -> None:
        """Mail a new link to each."""
        self._each(request, invitations, actions.invite_again, gettext("Sent again to %(address)s."))

    @admin.action(description=_("Revoke"), permissions=["add"])
    def revoke(self, request: HttpRequest, invitations: QuerySet) -> None:
        """Revoke each."""
        self._each(request, invitations, actions.revoke, gettext("The invitation of %(address)s is revoked."))

    def _each(self, request: HttpRequest, invitations: QuerySet, action: Any, success: str) -> None:
        for invitation in invitations:
            try:
                action(invitation, by=request.user)
            except Refusal as refusal:
                self.message_user(request, f"{invitation}: {refusal}", messages.WARNING)
            else:
                self.message_user(request, success % {"address": invitation.address})


@admin.register(Authenticator)
class FactorAdmin(ReadOnlyAdmin):
    """Second factors: removed here for users who lost them; their secrets are never shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_select_related = ("user",)
    fields = ("user", "type", "created_at", "last_used_at")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Asks rules.why_not_change_account as well."""
        has_permission = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return has_permission and (obj is None or not rules.why_not_change_account(obj.user, request.user))


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """Queued and sent mail, without its text."""

    list_display = ("recipient", "subject", "created_at", "sent_at", "tries", "next_try_at", "error")
    fields = list_display
