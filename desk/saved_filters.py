"""Lists of the desk that people filtered and saved under a name."""

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
    """Filters are saved and deleted on the pages of the lists themselves."""

    list_display = ("name", "list_name", "by", "is_shared")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The lists show them, so the first page of the desk does not."""
        return False

    def get_urls(self) -> list:
        """Also the addresses that save a filter and delete one."""
        own: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
            ("keep/", self.save_filter_view, "keep"),
            ("<int:key>/forget/", self.delete_filter_view, "forget"),
        ]
        views = [
            path(route, self.admin_site.admin_view(view), name=f"publishing_savedfilter_{name}")
            for route, view, name in own
        ]
        return [*views, *super().get_urls()]

    def save_filter_view(self, request: HttpRequest) -> HttpResponseBase:
        """Save the filter of the list that the form was sent from."""
        form = FilterForm(request.POST)
        if request.method != "POST":
            raise Http404
        if not form.is_valid():
            messages.error(request, _("Give the filter a name of at most 80 characters."))
            return redirect(_list(request.POST.get("list_name", ""), request.POST.get("query", "")[:1000]))
        data: dict[str, Any] = form.cleaned_data
        saved = drafting.save_filter(
            data["list_name"], data["name"], data["query"], by=request.user, is_shared=data["is_shared"]
        )
        messages.success(request, _("Saved as “%(name)s”.") % {"name": saved.name})
        return redirect(_list(saved.list_name, saved.query))

    def delete_filter_view(self, request: HttpRequest, key: int) -> HttpResponseBase:
        """Delete a filter of one's own."""
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
