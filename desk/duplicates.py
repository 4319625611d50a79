"""The page on which an entry is merged into another: first it shows the plan, then asks for a note."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.models import DELETION, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from desk.addresses import parse_uuid
from desk.entry import EntryAdmin
from desk.forms.conflicts import MergeForm
from desk.widgets import EntryAutocomplete
from publishing.duplicates.actions import merge_duplicates
from publishing.duplicates.plan import plan_merge
from publishing.models import Child, Entry
from publishing.rules import Refusal


class MergingAdmin(EntryAdmin):
    """An admin of entries with a page to merge duplicates."""

    def get_urls(self) -> list:
        """Also the address of that page."""
        merge = self.admin_site.admin_view(self.merge_view)
        return [path("<path:object_id>/merge/", merge, name=self._merge_page), *super().get_urls()]

    @property
    def _merge_page(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_merge"

    def form_links(self, request: HttpRequest, obj: Any, *, is_popup: bool) -> dict[str, str]:
        """Also the address of that page, if the person may merge."""
        links = super().form_links(request, obj, is_popup=is_popup)
        if obj is not None and obj.revision and self._may_merge(request, obj):
            links["merge_address"] = reverse(f"admin:{self._merge_page}", args=[obj.pk])
        return links

    def _may_merge(self, request: HttpRequest, entry: Entry) -> bool:
        return self.has_change_permission(request, entry) and self.has_delete_permission(request, entry)

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Choose the entry to keep; show what will change; on POST merge."""
        drop = get_object_or_404(self.model, pk=parse_uuid(object_id))
        if not self._may_merge(request, drop):
            raise PermissionDenied
        initial_choice = (
            {"keep": request.GET["keep"], "note_language": get_language()} if "keep" in request.GET else None
        )
        form = MergeForm(
            request.POST if request.method == "POST" else initial_choice,
            keepable=self.model._default_manager.published().exclude(pk=drop.pk),
            widget=EntryAutocomplete(self._column_to_this_kind(), self.admin_site, but=drop.pk),
        )
        if request.method == "POST" and form.is_valid():
            try:
                return self._merge(request, drop, form)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
        keep = form.chosen
        plan = plan_merge(keep, drop) if keep is not None else None
        context = self._context(request, drop, _("Merge “%(title)s” into another entry") % {"title": drop})
        context |= {"form": form, "plan": plan, "is_sent": request.method == "POST", "media": form.media}
        return TemplateResponse(request, "admin/publishing/entry/merge.html", context)

    def _merge(self, request: HttpRequest, drop: Entry, form: MergeForm) -> HttpResponse:
        keep = form.cleaned_data["keep"]
        by: Any = request.user
        revision = merge_duplicates(
            keep,
            drop,
            by=by,
            note=form.cleaned_data["note"],
            note_language=form.cleaned_data["note_language"],
            seen=form.cleaned_data["seen"],
        )
        LogEntry.objects.log_actions(
            by.pk, [drop], DELETION, change_message=revision.note, single_object=True
        )
        messages.success(request, _("“%(drop)s” is merged into “%(keep)s”.") % {"drop": drop, "keep": keep})
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", keep.pk)

    def _column_to_this_kind(self) -> models.Field:
        """A column that points to entries of this kind; the autocomplete widget needs one."""
        return next(
            relation.field
            for relation in self.model._meta.related_objects
            if isinstance(relation.field, models.ForeignKey)
            and relation.field.related_model is self.model
            and issubclass(relation.related_model, Child)
        )
