"""The admin of accounts: roles, addresses and second factors."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts import account_changes, actions, rules
from accounts.forms import AccountForm, ChangeAddress
from accounts.models import AddressChange, FactorRemoval
from desk.access import ReadOnlyAdmin
from desk.addresses import parse_key
from desk.widgets import CleanBoxesMixin
from publishing.people import display_name
from publishing.rules import Refusal

for registered in (get_user_model(), Group, Authenticator, EmailAddress, UserSession):
    if admin.site.is_registered(registered):
        admin.site.unregister(registered)


@admin.register(get_user_model())
class AccountAdmin(CleanBoxesMixin, UserAdmin):
    """Accounts and their roles. New accounts are created by invitation."""

    list_display = ("username", "first_name", "email", "in_roles", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    form = AccountForm
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

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The way to a new password, or who sets one where rules.why_not_set_password refuses."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not rules.why_not_set_password(obj, request.user):
            return fieldsets
        return [
            (name, {**options, "fields": [self._without_link(field) for field in options["fields"]]})
            for name, options in fieldsets
        ]

    def _without_link(self, field: Any) -> Any:
        return "new_password" if field == "password" else field

    @admin.display(description=_("password"))
    def new_password(self, account: Any) -> str:
        """How the owner of the account gets a new one."""
        return format_html(
            '{} <a href="{}">{}</a>',
            gettext("Only its owner sets a new password, with a link that is sent by mail."),
            reverse("account_reset_password"),
            gettext("Forgot your password?"),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Only a superuser may change more than the roles; an address is changed on a page of its own."""
        fixed = ("last_login", "date_joined", "email", "new_password")
        return fixed if request.user.is_superuser else (*fixed, "is_superuser", "user_permissions")

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Asks rules.why_not_set_password; the owner is told."""
        account = self.get_object(request, id)
        if account is not None and rules.why_not_set_password(account, request.user):
            raise PermissionDenied
        answer = super().user_change_password(request, id, form_url)
        if self._has_new_password(account):
            account_changes.tell(account, "password_set", by=display_name(request.user))
        return answer

    def _has_new_password(self, account: Any) -> bool:
        """Whether the account's password is another than when the account was read."""
        return self.model._default_manager.exclude(password=account.password).filter(pk=account.pk).exists()

    def get_urls(self) -> list:
        """With the page on which another address is requested."""
        view = self.admin_site.admin_view(self.address_view)
        return [path("<id>/address/", view, name="auth_user_address"), *super().get_urls()]

    def address_view(self, request: HttpRequest, id: str) -> HttpResponse:
        """Request another address for somebody; another administrator confirms it."""
        account = get_object_or_404(self.model, pk=parse_key(id))
        if not self.has_change_permission(request, account) or account.pk == request.user.pk:
            raise PermissionDenied
        form = ChangeAddress(request.POST or None, account=account, by=request.user)
        if request.method == "POST" and form.is_valid():
            account_changes.request_address(account, form.cleaned_data["address"], by=request.user)
            messages.success(request, gettext("Requested. Another administrator has to confirm it."))
            return redirect("admin:accounts_addresschange_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Change the email address of “%(name)s”") % {"name": account},
            "opts": self.opts,
            "account": account,
            "form": form,
        }
        return TemplateResponse(request, "admin/accounts/change_address.html", context)

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


@admin.register(Group)
class RoleAdmin(CleanBoxesMixin, GroupAdmin):
    """Roles, and what each may do."""


@admin.register(Authenticator)
class FactorAdmin(ReadOnlyAdmin):
    """Second factors: two administrators remove them here for users who lost them.

    Their secrets are never shown.
    """

    list_display = ("user", "type", "created_at", "last_used_at", "asked_to_remove")
    list_select_related = ("user",)
    fields = list_display

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Each knows the open request to remove it."""
        requests = FactorRemoval.objects.open(timezone.now()).filter(factor=OuterRef("pk"))
        return super().get_queryset(request).annotate(removal=Subquery(requests.values("pk")[:1]))

    @admin.display(description=_("removal requested by"))
    def asked_to_remove(self, factor: Any) -> str:
        """Who asked to remove it, and until when another administrator can confirm it."""
        if factor.removal is None:
            return ""
        removal = FactorRemoval.objects.select_related("requested_by").get(pk=factor.removal)
        until = f"{removal.expires_at:%Y-%m-%d %H:%M} UTC"
        return gettext("%(name)s, until %(time)s") % {
            "name": display_name(removal.requested_by),
            "time": until,
        }

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Asks rules.why_not_manage as well."""
        has_permission = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return has_permission and (obj is None or not rules.why_not_manage(obj.user, request.user))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Say why it is refused."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refusal as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
            return redirect("admin:mfa_authenticator_changelist")

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list:
        """Not yet: delete_model knows whether it was removed."""
        return []

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        """Request its removal, or remove it where another administrator has requested that."""
        removed: Any = [obj]
        if account_changes.remove_factor(obj, by=request.user).removed_at:
            super().log_deletions(request, removed)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Say whether it was removed or only requested."""
        if not self.model._default_manager.filter(pk=obj_id).exists():
            return super().response_delete(request, obj_display, obj_id)
        self.message_user(request, gettext("Requested. Another administrator has to confirm it."))
        return redirect("admin:mfa_authenticator_changelist")


@admin.register(AddressChange)
class AddressChangeAdmin(ReadOnlyAdmin):
    """Requests to change the address of an account: a second administrator confirms them here."""

    list_display = ("account", "old_address", "new_address", "state", "requested_by", "requested_at")
    list_display_links = None
    list_select_related = ("account", "requested_by")
    fields = ("account", "old_address", "new_address", "requested_by", "requested_at", "confirmed_by")
    actions = ("confirm", "cancel")

    @admin.display(description=_("state"))
    def state(self, change: AddressChange) -> str:
        """Its current state."""
        return str(change.state_at(timezone.now()).label)

    @admin.action(description=_("Confirm"), permissions=["view"])
    def confirm(self, request: HttpRequest, changes: QuerySet) -> None:
        """Give each account its new address."""
        self._each(
            request, changes, account_changes.confirm_address, gettext("%(name)s has the new address.")
        )

    @admin.action(description=_("Cancel"), permissions=["view"])
    def cancel(self, request: HttpRequest, changes: QuerySet) -> None:
        """End each request."""
        self._each(request, changes, account_changes.cancel_address, gettext("%(name)s keeps the address."))

    def _each(self, request: HttpRequest, changes: QuerySet, action: Any, success: str) -> None:
        for change in changes:
            try:
                action(change, by=request.user)
            except Refusal as refusal:
                self.message_user(request, f"{change}: {refusal}", messages.WARNING)
            else:
                self.message_user(request, success % {"name": change.account})
