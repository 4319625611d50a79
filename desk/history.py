"""The desk for what was and is: all entries, their revisions, who did what."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.access import ReadOnlyAdmin
from desk.addresses import desk_address, draft_address, parse_key, parse_uuid
from desk.filters import KindFilter, KindOfEntryFilter, VerificationFilter
from desk.finding import FindsByNames
from desk.forms.notes import NoteForm
from publishing import comparison, rules, snapshots
from publishing.actions import drafting, retracting
from publishing.languages import active_language
from publishing.models import Entry, Revision
from publishing.models.entry import kinds
from publishing.models.names import ByTitle
from publishing.rules import Refusal
from publishing.snapshots import Snapshot
from publishing.vocabulary import ChangeClass


class HistoryAccessMixin(ReadOnlyAdmin):
    """What every editor may read."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may change some kind of entry, or was given the right to look."""
        return rules.why_not_look_back(request.user) is None or super().has_view_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """They find it on the desk's first page."""
        return self.has_view_permission(request)

    def history_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Asked before the row is looked up, so that nobody learns whether it exists."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return super().history_view(request, *args, **kwargs)


@admin.register(Entry)
class EntryOverview(FindsByNames, HistoryAccessMixin):
    """All entries of every kind, the retracted ones too; each opens where its kind is edited."""

    list_display = ("titled", "kind_name", "state", "revision", "changed_at")
    list_display_links = None
    list_filter = ("state", KindFilter, VerificationFilter)
    ordering = ("-changed_at",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """In the autocomplete, only what is public."""
        entries: Any = super().get_queryset(request)
        return entries.published() if request.path.endswith("/autocomplete/") else entries

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Open the entry where its kind is edited."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect(desk_address(get_object_or_404(Entry, pk=parse_uuid(object_id))))

    @admin.display(description=gettext_lazy("title"), ordering=ByTitle())
    def titled(self, entry: Entry) -> str:
        """The title, leading to where the entry is edited."""
        return format_html('<a href="{}"><bdi>{}</bdi></a>', desk_address(entry), str(entry))

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_name(self, entry: Entry) -> str:
        """The kind, in words."""
        return capfirst(str(kinds()[entry.kind]._meta.verbose_name))


@admin.register(Revision)
class RevisionAdmin(FindsByNames, HistoryAccessMixin):
    """Every state that was ever published, what it changed, and the way back to it."""

    list_display = ("entry", "number", "change_class", "note", "author", "created_at")
    list_filter = ("change_class", KindOfEntryFilter, "created_at")
    list_select_related = ("entry", "author")
    NAMES_OF = "entry__"
    AS_WRITTEN = ("note",)

    def get_urls(self) -> list:
        """Also where a draft is begun that undoes a change."""
        restore = self.admin_site.admin_view(self.restore_view)
        return [path("<int:key>/restore/", restore, name="publishing_revision_restore"), *super().get_urls()]

    def restore_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Begin a draft in which one change of the revision, or all of them, are undone."""
        revision = get_object_or_404(Revision.objects.select_related("entry"), pk=key)
        if not self.has_view_permission(request, revision):
            raise PermissionDenied
        before = _before(revision)
        if request.method != "POST" or before is None:
            return redirect(revision.get_admin_url())
        newest = Revision.objects.filter(entry=revision.entry_id).latest("number")
        undone = _undone(newest, before, revision, request.POST.get("path", ""))
        if undone == snapshots.conformed(newest.snapshot):
            messages.warning(request, _("The entry already says this: there is nothing to restore."))
            return redirect(revision.get_admin_url())
        note = _("Restored from revision %(number)d.") % {"number": before.number}
        try:
            draft = drafting.begin_draft(
                undone,
                by=request.user,
                base=newest,
                note=note,
                note_language=active_language(),
                change_class=ChangeClass.RESTORATION,
            )
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect(revision.get_admin_url())
        text = _("This draft undoes what revision %(number)d changed. Check it: nothing is public yet.")
        messages.info(request, text % {"number": revision.number})
        return redirect(draft_address(draft))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """What the revision changed, and a form to restore it."""
        revision = get_object_or_404(
            Revision.objects.select_related("entry", "author"), pk=parse_key(object_id)
        )
        if not self.has_view_permission(request, revision):
            raise PermissionDenied
        form = NoteForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                restored = retracting.restore(
                    revision,
                    by=request.user,
                    note=form.cleaned_data["note"],
                    language=form.cleaned_data["note_language"],
                )
            except Refusal as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, _("Restored as revision %(number)d.") % {"number": restored.number})
                return redirect(desk_address(Entry.objects.get(pk=revision.entry_id)))
        before = _before(revision)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Revision %(number)d of “%(title)s”")
            % {"number": revision.number, "title": revision.entry},
            "opts": self.opts,
            "revision": revision,
            "desk": desk_address(revision.entry),
            "before": before,
            "lines": comparison.between(before.snapshot if before else None, revision.snapshot),
            "form": form,
        }
        return TemplateResponse(request, "admin/publishing/revision.html", context)


@admin.register(LogEntry)
class ActivityAdmin(ReadOnlyAdmin):
    """Who did what at the desk."""

    list_display = ("action_time", "user", "content_type", "object_repr", "change_message")
    list_filter = ("action_time", "content_type")
    list_select_related = ("user", "content_type")


def _before(revision: Revision) -> Revision | None:
    earlier = Revision.objects.filter(entry=revision.entry_id, number__lt=revision.number)
    return earlier.order_by("-number").first()


def _undone(newest: Revision, before: Revision, revision: Revision, at: str) -> Snapshot:
    """What is public now, with what the revision changed, at the path or everywhere, as it was before."""
    now = snapshots.conformed(newest.snapshot)
    changes = snapshots.changes_since(before.snapshot, revision.snapshot)
    back = [
        snapshots.Change(one.path, one.new, one.old)
        for one in changes
        if at in {"", str(one.path)} and not _lacks_its_row(one.path, now)
    ]
    return snapshots.apply(back, now)


def _lacks_its_row(path: snapshots.Path, now: Snapshot) -> bool:
    """Whether the row was taken out since, so that it cannot get back a single column."""
    is_in_row = bool(path.row_kind) and not path.is_row
    return is_in_row and path.key not in now["rows"].get(path.row_kind, {})
