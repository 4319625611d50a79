"""The page of the desk on which a source is made from an address, a DOI or the symbol of a document."""

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from desk.addresses import desk_address, parse_uuid
from desk.entry import EntryAdmin
from publishing.named_entries import particulars
from sources.forms import NamedSourceForm
from sources.making import NewSource, make_from
from sources.models import Source


class MakingAdmin(EntryAdmin):
    """An admin of sources that makes one from what somebody pastes."""

    # Where boxes that offer sources lead with what was typed there.
    made_at = "admin:sources_source_from"

    def get_urls(self) -> list:
        """Also the address of that page."""
        view = self.admin_site.admin_view(self.from_view)
        return [path("from/", view, name="sources_source_from"), *super().get_urls()]

    def from_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for it; on POST lead to the form of a new source, or show the one that exists."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        is_popup = IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST
        if request.method == "POST" and "choose" in request.POST:
            chosen = get_object_or_404(Source.objects.published(), pk=parse_uuid(request.POST["choose"]))
            return self._chosen(request, chosen) if is_popup else redirect(desk_address(chosen))
        form = NamedSourceForm(request.POST or None, initial={"named": request.GET.get("named", "")[:1000]})
        made = make_from(form.cleaned_data["named"]) if form.is_valid() else None
        if made is not None and made.existing is None:
            return self._to_form(request, made, is_popup=is_popup)
        existing = made.existing if made else None
        context = {
            **self.admin_site.each_context(request),
            "title": _("A source from an address, a DOI or a symbol"),
            "opts": self.opts,
            "form": form,
            "existing": existing,
            "particulars": particulars(existing) if existing else [],
            "is_popup": is_popup,
        }
        return TemplateResponse(request, "admin/sources/from.html", context)

    def _to_form(self, request: HttpRequest, made: NewSource, *, is_popup: bool) -> HttpResponse:
        """The form of a new source, with what was found in its boxes."""
        if made.read_from:
            text = _("Read from %(host)s. Compare each value with the document before you add the source.")
            messages.info(request, text % {"host": made.read_from})
        elif made.failed:
            text = _("No page could be read at %(host)s. Fill in what the document says.")
            messages.warning(request, text % {"host": made.failed})
        values = made.values | ({IS_POPUP_VAR: "1"} if is_popup else {})
        return redirect(f"{reverse('admin:sources_source_add')}?{urlencode(values)}")

    def _chosen(self, request: HttpRequest, source: Any) -> HttpResponse:
        """Close the popup, and choose the source in the form that opened it."""
        data = json.dumps({"value": str(source.pk), "obj": str(source)})
        return TemplateResponse(request, "admin/popup_response.html", {"popup_response_data": data})
