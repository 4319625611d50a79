"""The translation desk: a board of what is missing or stale, and two languages side by side."""

import uuid
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import View

from desk.addresses import desk_address
from desk.forms.translation import TranslationForm
from desk.translation_filters import TranslationFilterSet
from publishing import rules
from publishing.actions import publishing
from publishing.actions.translating import translate
from publishing.languages import OWN_NAMES, PAGE_LANGUAGES
from publishing.models import Entry, Proposal, Revision, TextAges, Translation
from publishing.models.entry import kind_of
from publishing.numbers import parse_number
from publishing.rules import Conflicted, Refusal
from publishing.translations.side_by_side import Wording, reworded, side_by_side
from publishing.vocabulary import PageLanguage

ON_A_PAGE = 50


class TranslationBoard(View):
    """Every public entry, with what is missing, stale and done in each language; the longest stale first."""

    http_method_names = ["get", "head", "options"]
    template_name = "admin/publishing/translations/board.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever may change some kind of entry."""
        if rules.why_not_read_history(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """What the filter lets through, and the sums of all."""
        published = Entry.objects.published().prefetch_related("translations")
        asked = TranslationFilterSet(request.GET, queryset=published, request=request)
        # Whatever was not understood is no reason to show nothing.
        asked.is_valid()
        page = Paginator(asked.filter_queryset(published), ON_A_PAGE).get_page(request.GET.get("page"))
        context = {
            **admin.site.each_context(request),
            "title": _("Translations"),
            "filter": asked,
            "page_obj": page,
            "paginator": page.paginator,
            "rows": [_row(entry) for entry in page],
            "sums": _sums(),
            "languages": [(code, OWN_NAMES[code]) for code in PAGE_LANGUAGES],
        }
        return TemplateResponse(request, self.template_name, context)


def _row(entry: Entry) -> dict[str, Any]:
    counts = {one.language: one for one in entry.translations.all()}
    return {
        "entry": entry,
        "kind": capfirst(str(kind_of(entry)._meta.verbose_name)),
        "desk": desk_address(entry),
        "cells": [(language, OWN_NAMES[language], counts.get(language)) for language in PAGE_LANGUAGES],
    }


def _sums() -> list[dict[str, Any]]:
    """For each language, how many texts of all public entries stand how."""
    counts = Translation.objects.filter(entry__in=Entry.objects.published())
    summed = counts.values("language").annotate(missing=Sum("missing"), stale=Sum("stale"), done=Sum("done"))
    found = {one["language"]: one for one in summed}
    return [{**found[code], "name": OWN_NAMES[code]} for code in PAGE_LANGUAGES if code in found]


class TranslationDesk(View):
    """The texts of one entry, their source beside the box for their translation."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "admin/publishing/translations/desk.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever may change this kind of entry."""
        self.language = kwargs["language"]
        if self.language not in PAGE_LANGUAGES:
            raise Http404
        self.entry = get_object_or_404(Entry, pk=kwargs["key"])
        if rules.why_not_permitted(request.user, "change", kind_of(self.entry)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, key: uuid.UUID, language: str) -> HttpResponse:
        """What is missing or stale; with ?all=1 every text."""
        if self.entry.is_retracted:
            raise Http404
        base = self._revision(self.entry.revision)
        wordings = self._wordings(base)
        behind = [one for one in wordings if one.translation_status != "done"]
        shown = wordings if "all" in request.GET else behind
        form = TranslationForm(wordings=shown, language=language, initial={"based_on": base.number})
        return self._page(form, total=len(wordings), behind=len(behind))

    def post(self, request: HttpRequest, key: uuid.UUID, language: str) -> HttpResponse:
        """Publish what was written, note what was ticked; a refusal keeps everything that was typed.

        Also where the entry was retracted meanwhile.
        """
        number = parse_number(request.POST.get("based_on", ""))
        base = self._revision(self.entry.revision if number is None else number)
        wordings = self._wordings(base)
        sent = [one for one in wordings if f"text:{one.path}" in request.POST]
        form = TranslationForm(request.POST, wordings=sent, language=language)
        if form.is_valid():
            try:
                return self._save(base, form)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
        behind = sum(one.translation_status != "done" for one in wordings)
        return self._page(form, total=len(wordings), behind=behind)

    def _save(self, base: Revision, form: TranslationForm) -> HttpResponse:
        snapshot = reworded(base.snapshot, self.language, form.changed) if form.changed else None
        provenance = {
            "note": form.cleaned_data["note"],
            "note_language": form.cleaned_data["note_language"],
            "change_class": form.change_class,
        }
        by = self.request.user
        try:
            written = translate(
                base, snapshot, by=by, language=self.language, still_right=form.still_right, **provenance
            )
        except Conflicted:
            mine = publishing.propose(snapshot, by=by, base=base, **provenance)  # type: ignore[arg-type]
            return redirect("admin:publishing_proposal_resolve", mine.pk)
        self._tell(written, len(form.still_right))
        return redirect("publishing:translation", self.entry.pk, self.language)

    def _tell(self, written: Proposal | None, checked: int) -> None:
        """Say what was done, to the translator and, of what is public, in the admin's log."""
        said = []
        revision = written.revision if written else None
        if written is not None and revision is None:
            said.append(_("Submitted for review."))
        if revision is not None:
            said.append(_("Published as revision %(number)d.") % {"number": revision.number})
        if checked:
            said.append(_("Marked as still correct: %(count)d.") % {"count": checked})
        text = " ".join(said)
        at = reverse("admin:publishing_proposal_change", args=[written.pk]) if written else ""
        link = format_html(' <a href="{}">{}</a>', at, _("See the proposal")) if at and not revision else ""
        messages.success(self.request, format_html("{}{}", text, link))
        if revision is None and not checked:
            return
        by: Any = self.request.user
        stored = kind_of(self.entry)._base_manager.get(pk=self.entry.pk)
        note = f"{self.language}: {revision.note if revision else text}"
        LogEntry.objects.log_actions(by.pk, [stored], CHANGE, change_message=note, single_object=True)

    def _may_publish(self) -> bool:
        """Whether what is written here becomes public at once, or is submitted for review."""
        revision = self._revision(self.entry.revision)
        by: Any = self.request.user
        draft = Proposal(base=revision, kind=self.entry.kind, author=by)
        return rules.why_not_publish_oneself(draft, by) is None

    def _revision(self, number: int) -> Revision:
        return get_object_or_404(Revision.objects.select_related("entry"), entry=self.entry, number=number)

    def _wordings(self, base: Revision) -> list[Wording]:
        return side_by_side(base, TextAges.objects.get(entry=self.entry).ages, self.language)

    def _page(self, form: TranslationForm, **counts: int) -> HttpResponse:
        context = {
            **admin.site.each_context(self.request),
            **counts,
            "title": _("“%(title)s” in %(language)s")
            % {"title": self.entry, "language": PageLanguage(self.language).label},
            "entry": self.entry,
            "language": self.language,
            "others": [
                (code, OWN_NAMES[code], reverse("publishing:translation", args=[self.entry.pk, code]))
                for code in PAGE_LANGUAGES
            ],
            "desk": desk_address(self.entry),
            "form": form,
            "may_publish": self._may_publish(),
            "is_all": "all" in self.request.GET,
        }
        return TemplateResponse(self.request, self.template_name, context)
