"""Lists of the desk as people keep them, under a name."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext as _

from desk.access import ReadOnlyAdmin
from desk.forms.saved_filter import FilterForm
from publishing.actions import drafting
from publishing.models import SavedFilter


@admin.register(SavedFilter)
class SavedFilterAdmin(ReadOnlyAdmin):
    """Kept and forgotten from the lists themselves."""

    list_display = ("name", "list_name", "by", "is_shared")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The lists show them; they need no place on the first page."""
        return False

    def get_urls(self) -> list:
        """Also to keep one and to forget one."""
        own: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
            ("keep/", self.keep_view, "keep"),
            ("<int:key>/forget/", self.forget_view, "forget"),
        ]
        views = [
            path(route, self.admin_site.admin_view(view), name=f"publishing_savedfilter_{name}")
            for route, view, name in own
        ]
        return [*views, *super().get_urls()]

    def keep_view(self, request: HttpRequest) -> HttpResponseBase:
        """Keep the list that the form was sent from."""
        form = FilterForm(request.POST)
        if request.method != "POST":
            raise Http404
        if not form.is_valid():
            messages.error(request, _("Give the filter a name of at most 80 characters."))
            return redirect(_list(request.POST.get("list_name", ""), request.POST.get("query", "")[:1000]))
        said: dict[str, Any] = form.cleaned_data
        kept = drafting.save_filter(
            said["list_name"], said["name"], said["query"], by=request.user, is_shared=said["is_shared"]
        )
        messages.success(request, _("Saved as “%(name)s”.") % {"name": kept.name})
        return redirect(_list(kept.list_name, kept.query))

    def forget_view(self, request: HttpRequest, key: int) -> HttpResponseBase:
        """Forget one's own."""
        if request.method != "POST":
            raise Http404
        drafting.delete_filter(key, by=request.user)
        return redirect(_list(request.POST.get("list_name", ""), ""))


def _list(list_name: str, query: str) -> str:
    try:
        address = reverse(f"admin:{list_name}_changelist")
    except NoReverseMatch:
        return reverse("admin:index")
    return f"{address}?{query}" if query else address
