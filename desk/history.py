"""The admin of the history: all entries, their revisions, and the log of activity."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desk.access import ReadOnlyAdmin
from desk.addresses import desk_address, draft_address, parse_key, parse_uuid
from desk.filters import KindFilter, UseFilter, VerificationFilter
from desk.finding import FindsByNames
from desk.forms.notes import NoteForm
from publishing import comparison, rules, snapshots
from publishing.actions import drafting, retracting
from publishing.duplicates.parting import Merge, merge_of, part
from publishing.languages import active_language
from publishing.models import Entry, Revision
from publishing.models.entry import kinds
from publishing.models.names import ByTitle
from publishing.rules import Refusal
from publishing.snapshots import Snapshot
from publishing.vocabulary import ChangeClass


class HistoryAccessMixin(ReadOnlyAdmin):
    """An admin that every editor may read."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may change some kind of entry, or has the view permission."""
        return rules.why_not_read_history(request.user) is None or super().has_view_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the first page of the desk shows it."""
        return self.has_view_permission(request)

    def history_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check the permission before the row is read, so that nobody learns whether it exists."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return super().history_view(request, *args, **kwargs)


@admin.register(Entry)
class EntryOverview(FindsByNames, HistoryAccessMixin):
    """All entries of every kind, also retracted ones; each links to the admin of its kind."""

    list_display = ("titled", "kind_name", "state", "revision", "changed_at")
    list_display_links = None
    list_filter = ("state", KindFilter, UseFilter, VerificationFilter)
    ordering = ("-changed_at",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """All entries; for the autocomplete, only the published ones."""
        entries: Any = super().get_queryset(request)
        return entries.published() if request.path.endswith("/autocomplete/") else entries

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Redirect to the admin of the entry's kind."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect(desk_address(get_object_or_404(Entry, pk=parse_uuid(object_id))))

    @admin.display(description=gettext_lazy("title"), ordering=ByTitle())
    def titled(self, entry: Entry) -> str:
        """The title, as a link to the form of the entry."""
        return format_html('<a href="{}"><bdi>{}</bdi></a>', desk_address(entry), str(entry))

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_name(self, entry: Entry) -> str:
        """The name of the kind."""
        return capfirst(str(kinds()[entry.kind]._meta.verbose_name))


@admin.register(Revision)
class RevisionAdmin(FindsByNames, HistoryAccessMixin):
    """Every revision that was ever published, with what it changed; entries can be restored from it."""

    list_display = ("entry", "number", "change_class", "note", "author", "created_at")
    list_filter = ("change_class", KindFilter, "created_at")
    linked_lookups = ("entry__id__exact",)
    list_select_related = ("entry", "author")
    NAMES_OF = "entry__"
    AS_WRITTEN = ("note",)

    def get_urls(self) -> list:
        """Also the address that begins a draft which undoes a change."""
        restore = self.admin_site.admin_view(self.restore_view)
        return [path("<int:key>/restore/", restore, name="publishing_revision_restore"), *super().get_urls()]

    def restore_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Begin a draft that undoes one change of the revision, or all of them."""
        revision = get_object_or_404(Revision.objects.select_related("entry"), pk=key)
        if not self.has_view_permission(request, revision):
            raise PermissionDenied
        before = _before(revision)
        if request.method != "POST" or before is None:
            return redirect(revision.get_admin_url())
        newest = Revision.objects.filter(entry=revision.entry_id).latest("number")
        snapshot = _undone(newest, before, revision, request.POST.get("path", ""))
        if snapshot == snapshots.conformed(newest.snapshot):
            messages.warning(request, _("The entry already says this: there is nothing to restore."))
            return redirect(revision.get_admin_url())
        note = _("Restored from revision %(number)d.") % {"number": before.number}
        try:
            draft = drafting.begin_draft(
                snapshot,
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
        """Show what the revision changed, with a form to restore the entry as it was then."""
        revision = get_object_or_404(
            Revision.objects.select_related("entry", "author"), pk=parse_key(object_id)
        )
        if not self.has_view_permission(request, revision):
            raise PermissionDenied
        form = NoteForm(request.POST or None)
        needs_review = rules.why_not_restore_oneself(revision, request.user)
        merge = merge_of(revision)
        if request.method == "POST" and form.is_valid():
            try:
                if merge is not None and "_part" in request.POST:
                    return redirect(_part(request, merge, form))
                return redirect(_restore(request, revision, form, needs_review=needs_review is not None))
            except Refusal as refusal:
                form.add_error(None, refusal.message)
        before = _before(revision)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Revision %(number)d of “%(title)s”")
            % {"number": revision.number, "title": revision.entry},
            "opts": self.opts,
            "revision": revision,
            "desk": desk_address(revision.entry),
            "before": before,
            "lines": comparison.lines_between(before.snapshot if before else None, revision.snapshot),
            "form": form,
            "needs_review": needs_review,
            "merge": merge,
        }
        return TemplateResponse(request, "admin/publishing/revision.html", context)


@admin.register(LogEntry)
class ActivityAdmin(ReadOnlyAdmin):
    """The log of what people did at the desk."""

    list_display = ("action_time", "user", "content_type", "object_repr", "change_message")
    list_filter = ("action_time", "content_type")
    list_select_related = ("user", "content_type")


def _restore(request: HttpRequest, revision: Revision, form: NoteForm, *, needs_review: bool) -> str:
    """Restore the entry, or submit that for review; returns the address to go on to. Raises Refusal."""
    said = {"note": form.cleaned_data["note"], "language": form.cleaned_data["note_language"]}
    if needs_review:
        proposal = retracting.submit_restoration(revision, by=request.user, **said)
        messages.success(request, _("Submitted for review."))
        return reverse("admin:publishing_proposal_change", args=[proposal.pk])
    restored = retracting.restore(revision, by=request.user, **said)
    messages.success(request, _("Restored as revision %(number)d.") % {"number": restored.number})
    return desk_address(Entry.objects.get(pk=revision.entry_id))


def _part(request: HttpRequest, merge: Merge, form: NoteForm) -> str:
    """Undo the merge; returns the address to go on to. Raises Refusal."""
    by: Any = request.user
    parted = part(merge, by=by, **{name: form.cleaned_data[name] for name in ("note", "note_language")})
    undone = ngettext(
        "The merge is undone; %(number)s entry is as it was.",
        "The merge is undone; %(number)s entries are as they were.",
        len(parted.undone),
    )
    messages.success(request, undone % {"number": len(parted.undone)})
    for entry in parted.left:
        left = _("“%(title)s” was changed since and stays as it is. Please look at it.")
        link = format_html('<a href="{}">{}</a>', desk_address(entry), left % {"title": entry})
        messages.warning(request, link)
    return desk_address(Entry.objects.get(pk=merge.retraction.entry_id))


def _before(revision: Revision) -> Revision | None:
    earlier = Revision.objects.filter(entry=revision.entry_id, number__lt=revision.number)
    return earlier.order_by("-number").first()


def _undone(newest: Revision, before: Revision, revision: Revision, path: str) -> Snapshot:
    """The newest snapshot with the changes of the revision undone; path: of one change, or "" for all."""
    current = snapshots.conformed(newest.snapshot)
    changes = snapshots.changes_since(before.snapshot, revision.snapshot)
    reverse_changes = [
        snapshots.Change(change.path, change.new, change.old)
        for change in changes
        if path in {"", str(change.path)} and not _lacks_its_row(change.path, current)
    ]
    return snapshots.apply(reverse_changes, current)


def _lacks_its_row(path: snapshots.Path, current: Snapshot) -> bool:
    """Whether it is a column of a row that was removed later and so cannot be set."""
    is_in_row = bool(path.row_kind) and not path.is_row
    return is_in_row and path.key not in current["rows"].get(path.row_kind, {})
