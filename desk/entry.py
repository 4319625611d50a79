"""The admin of entries of any kind: list, form, retraction, history."""

import uuid
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk import alike
from desk.addresses import desk_address, parse_uuid
from desk.compared_revisions import ComparedRevisions
from desk.filters import MissingTranslationFilter, StaleTranslationFilter, VerificationFilter
from desk.finding import FindsByNames
from desk.forms.entry import EntryForm
from desk.forms.notes import RetractionForm
from desk.inlines import LanguageInputsMixin, language_rows
from desk.preview_beside import PreviewedAdmin
from publishing import snapshots
from publishing.actions import retracting
from publishing.languages import columns_of_text
from publishing.models import Entry
from publishing.models.names import ByTitle, answering
from publishing.rules import Refusal
from publishing.vocabulary import EntryState

# So many retracted entries are named below a list.
MOST_RETRACTED = 10
MAX_TITLE = 300


class EntryAdmin(FindsByNames, LanguageInputsMixin, PreviewedAdmin):
    """The base of the admin classes for all kinds of entries; saving publishes through the actions."""

    form = EntryForm
    change_form_template = "admin/publishing/entry/change_form.html"
    object_history_template = "admin/publishing/entry/history.html"
    search_help_text = gettext_lazy("A word of the title, in any language, or the address")
    list_per_page = 50
    list_filter: ClassVar[Any] = (MissingTranslationFilter, StaleTranslationFilter, VerificationFilter)
    prepopulated_fields = {"slug": columns_of_text("title")[:1]}
    ordering = ("-changed_at",)
    actions = None
    save_on_top = True

    class Media:
        js = (
            "js/open_target.js",
            "js/shared_choices.js",
            "js/open_rows.js",
            "js/rows.js",
            "js/paste_tables.js",
            "js/keep_typing.js",
            "js/alike.js",
            "js/suggest_address.js",
            "js/choosers.js",
            "js/preview_beside.js",
            "js/field_threads.js",
        )

    TITLE: tuple[Any, Any] = (
        gettext_lazy("Title and address"),
        {"fields": [*language_rows("title"), "slug"]},
    )
    VERIFIED: tuple[Any, Any] = (
        gettext_lazy("Verification"),
        {"fields": [("last_verified_on", "verify_by")], "classes": ["collapse"]},
    )
    PUBLISH: tuple[Any, Any] = (
        gettext_lazy("Publish"),
        {
            "fields": [
                "public_note",
                ("note_language", "change_class"),
                "publish_at",
                "sources_confirmed",
                "override_reason",
                "based_on",
                "draft_version",
                "form_token",
            ],
            "description": gettext_lazy("The note stands in the page's public history once it is published."),
        },
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Without the fields for a date and for an override, if the person lacks the permission."""
        permissions = {
            "publish_at": "publishing.decide_proposal",
            "override_reason": "publishing.override_rule",
        }
        hidden = {name for name, permission in permissions.items() if not request.user.has_perm(permission)}
        return [
            (name, {**options, "fields": [field for field in options["fields"] if field not in hidden]})
            for name, options in super().get_fieldsets(request, obj)
        ]

    def get_urls(self) -> list:
        """Also what is there already of a title, as the form of a new entry asks while somebody writes it."""
        alike_view = self.admin_site.admin_view(self.alike_view)
        return [path("alike/", alike_view, name=self._alike_page), *super().get_urls()]

    @property
    def _alike_page(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_alike"

    def alike_view(self, request: HttpRequest) -> HttpResponse:
        """A list of sentences, each with a link; nothing where there is nothing of that name."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        wanted = snapshots.empty(self.model, uuid.uuid4())
        wanted["fields"][columns_of_text("title")[0]] = request.GET.get("title", "")[:MAX_TITLE]
        items = ((sentence,) for sentence in alike.warnings_about_entry(wanted, request.user))
        return HttpResponse(format_html_join("", "<li>{}</li>", items))

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """The form leads to the other pages of the entry."""
        context.update(self.form_links(request, obj, is_popup=bool(context.get("is_popup"))))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def form_links(self, request: HttpRequest, obj: Any, *, is_popup: bool) -> dict[str, str]:
        """The addresses to which the form leads, by their name in the template.

        obj: None for a new entry, whose form asks what is there already.
        """
        return {"alike_address": reverse(f"admin:{self._alike_page}")} if obj is None else {}

    def _key(self, object_id: str) -> Any:
        return get_object_or_404(self.model, pk=parse_uuid(object_id)).pk

    # --- retracting, history --------------------------------------------------------------

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Retract the entry instead of deleting it; the form asks for the public reason."""
        entry = get_object_or_404(self.model, pk=self._key(object_id))
        if not self.has_delete_permission(request, entry):
            raise PermissionDenied
        form = RetractionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            reason, language = form.cleaned_data["note"], form.cleaned_data["note_language"]
            try:
                retracting.retract(entry, by=request.user, reason=reason, language=language)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, _("“%(title)s” is retracted.") % {"title": entry})
                return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        context = self._context(request, entry, _("Retract “%(title)s”") % {"title": entry}) | {"form": form}
        context["users"] = snapshots.users(entry)
        return TemplateResponse(request, "admin/publishing/entry/retract.html", context)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The revisions of the entry, newest first, and two of them compared if the query asks for it."""
        entry = get_object_or_404(self.model, pk=self._key(object_id))
        if not self.has_view_or_change_permission(request, entry):
            raise PermissionDenied
        context = self._context(request, entry, _("History of “%(title)s”") % {"title": entry})
        context["revisions"] = entry.revisions.select_related("author")
        context["compared"] = ComparedRevisions.of(entry, request.GET)
        return TemplateResponse(request, self.object_history_template, context)

    def _context(self, request: HttpRequest, entry: Entry, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "entry": entry, "opts": self.opts}

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, and below it what is not in it any more: the retracted entries that are asked for."""
        asked = request.GET.get(SEARCH_VAR, "").strip()
        retracted = Entry.objects.filter(kind=self.opts.model_name, state=EntryState.RETRACTED)
        found = answering(retracted, asked) if asked else retracted.by_title()
        # Counted along an index; to put none of them in order, each entry of the kind would be read.
        number = found.count()
        context = {
            "retracted": [(entry, desk_address(entry)) for entry in found[:MOST_RETRACTED]] if number else [],
            "retracted_count": number,
            "more_retracted": f"{reverse('admin:publishing_entry_changelist')}?"
            + urlencode({"kind": self.opts.model_name, "state__exact": EntryState.RETRACTED.value}),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    # --- columns of the list -------------------------------------------------------------

    def view_on_site(self, obj: Entry) -> str:
        """The entry's public page."""
        return obj.get_absolute_url()

    @admin.display(description=gettext_lazy("title"), ordering=ByTitle())
    def titled(self, entry: Entry) -> str:
        """The title in the editor's language, or in a fallback."""
        title = entry.title_localized
        return format_html('<bdi lang="{}">{}</bdi>', title.language, title.text)

    @admin.display(description=gettext_lazy("last changed"), ordering="changed_at")
    def changed(self, entry: Entry) -> Any:
        """The day of the last change."""
        return entry.changed_at.date() if entry.changed_at else None
