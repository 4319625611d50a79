"""The editors' desk: Django's admin site with our name, style and sign-in."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.rules import lacks_second_factor
from config.order_of_work import in_order_of_work
from desk.finding import EntriesByName
from desk.sent_forms import answered_once
from desk.strict_lists import strict


class CasebookAdmin(admin.AdminSite):
    """The admin site; sign-in is that of the app accounts, with the second factor."""

    site_title = _("Sulh desk")
    site_header = _("Sulh: the editors' desk")
    index_title = _("What would you like to work on?")
    empty_value_display = "—"

    def register(
        self, model_or_iterable: Any, admin_class: type[admin.ModelAdmin] | None = None, **options: Any
    ) -> None:
        """As the stock site does; whatever is registered here, its list answers only what it offers."""
        super().register(model_or_iterable, strict(admin_class or admin.ModelAdmin), **options)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """The view for those who may use the desk; a form that is sent twice is answered once."""
        return super().admin_view(answered_once(view), cacheable)

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff only; accounts with privileged permissions also need a second factor."""
        return super().has_permission(request) and not self._needs_second_factor(request)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Redirect to the sign-in; users who are signed in are told what is still missing."""
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: _next(request)})}")
        if not super().has_permission(request):
            raise PermissionDenied
        if self._needs_second_factor(request):
            return redirect("second_factor_wanted")
        return HttpResponseRedirect(_next(request))

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Redirect to the page of the accounts, which limits wrong attempts."""
        return redirect("account_change_password")

    def password_change_done(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Redirect to the page of the accounts."""
        return redirect("account_change_password")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page, which also recommends a second factor to privileged accounts."""
        context = {"second_factor_wanted": lacks_second_factor(request.user), **(extra_context or {})}
        return super().index(request, context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What can be worked on in the order of work; the page of one app lists its models."""
        apps = super().get_app_list(request, app_label)
        return apps if app_label else in_order_of_work(apps, reverse("admin:index"))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]
        """What the boxes that offer entries answer, with what tells each from the others."""
        return EntriesByName.as_view(admin_site=self)(request)

    def _needs_second_factor(self, request: HttpRequest) -> bool:
        return settings.REQUIRE_SECOND_FACTOR and lacks_second_factor(request.user)


def _next(request: HttpRequest) -> str:
    """The address to go to after the sign-in; never on another host."""
    address = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if is_ours and address.startswith("/") else reverse("admin:index")
