"""The page on which a new entry begins as another is: a draft of its own, published by nobody yet."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from desk.addresses import draft_address, parse_uuid
from desk.edit_session import with_free_address
from desk.entry import EntryAdmin
from desk.forms.copying import CopyForm
from publishing import snapshots
from publishing.actions import drafting
from publishing.models import Entry, Proposal
from publishing.refusals import Refusal
from publishing.vocabulary import ChangeClass


class CopyingAdmin(EntryAdmin):
    """An admin of entries that may begin as others are."""

    def get_urls(self) -> list:
        """Also the address of that page."""
        return [
            path("add/from/", self.admin_site.admin_view(self.copy_view), name=self._copy_page),
            *super().get_urls(),
        ]

    @property
    def _copy_page(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_copy"

    def form_links(self, request: HttpRequest, obj: Any, *, is_popup: bool) -> dict[str, str]:
        """Also the address of that page, if the person may add entries of the kind."""
        links = super().form_links(request, obj, is_popup=is_popup)
        if (obj is None or obj.revision) and not is_popup and self.has_add_permission(request):
            address = reverse(f"admin:{self._copy_page}")
            links["copy_address"] = address if obj is None else f"{address}?of={obj.pk}"
        return links

    def copy_view(self, request: HttpRequest) -> HttpResponse:
        """Ask what it begins as and what it is called; on POST store the draft."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else None
        form = CopyForm(self.model, sent, begins_as=self._asked(request))
        if request.method == "POST" and form.is_valid():
            try:
                draft = self._begin(request, form)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(
                    request,
                    _("The draft is saved; only those at the desk see it. Change what differs."),
                )
                return redirect(draft_address(draft))
        title = _("New: %(kind)s") % {"kind": self.opts.verbose_name}
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "form": form}
        return TemplateResponse(request, "admin/publishing/entry/copy.html", context)

    def _asked(self, request: HttpRequest) -> Entry | None:
        """The entry that the request names, if there is one."""
        key = parse_uuid(request.GET.get("of", ""))
        return self.model._default_manager.filter(pk=key).first() if key is not None else None

    def _begin(self, request: HttpRequest, form: CopyForm) -> Proposal:
        entry: Entry = form.cleaned_data["of"]
        snapshot = snapshots.copied(snapshots.freeze(entry), claims=form.cleaned_data["claims"])
        snapshot["fields"] |= form.own_fields
        return drafting.begin_draft(
            with_free_address(snapshot),
            by=request.user,
            base=None,
            note="",
            note_language=get_language() or "",
            change_class=ChangeClass.ADDITION,
        )
