"""The translation desk: a board of missing and stale texts, and two languages side by side."""

import uuid
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import View

from desk.addresses import desk_address
from desk.autosaves import as_form_data, autosave_key, autosaves_of, key_of_texts, requested_autosave
from desk.forms.translation import TranslationForm
from desk.next_text import COUNTED, back_to_queue, queue_address
from desk.translation_filters import TranslationFilterSet
from desk.translators_day import days_of, note_sent
from desk.waiting_texts import waiting_translations
from publishing import rules
from publishing.actions import drafting, publishing
from publishing.actions.translating import translate
from publishing.actions.translators import forget_skipped
from publishing.languages import OWN_NAMES, PAGE_LANGUAGES
from publishing.models import Entry, FormAutosave, Proposal, Revision, TextAges, Translation
from publishing.models.entry import kind_of
from publishing.numbers import parse_number
from publishing.rules import Conflicted, Refusal
from publishing.translations.side_by_side import Wording, reworded, side_by_side
from publishing.vocabulary import PageLanguage

PAGE_SIZE = 50


class TranslationBoard(View):
    """Every public entry with its numbers of missing, stale and done texts in each language."""

    http_method_names = ["get", "head", "options"]
    template_name = "admin/publishing/translations/board.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 unless the person may change some kind of entry."""
        if rules.why_not_read_history(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The filtered list of entries, and the sums over all entries."""
        published = Entry.objects.published().prefetch_related("translations")
        filter_set = TranslationFilterSet(request.GET, queryset=published, request=request)
        # Invalid values are ignored; the list is still shown.
        filter_set.is_valid()
        page = Paginator(filter_set.filter_queryset(published), PAGE_SIZE).get_page(request.GET.get("page"))
        days = days_of(request.user)
        context = {
            **admin.site.each_context(request),
            "title": _("Translations"),
            "filter": filter_set,
            "page_obj": page,
            "paginator": page.paginator,
            "rows": _rows(list(page)),
            "sums": [
                {**one, "next": queue_address(one["language"]), "day": days.get(one["language"])}
                for one in _sums()
            ],
            "languages": [(code, OWN_NAMES[code]) for code in PAGE_LANGUAGES],
        }
        return TemplateResponse(request, self.template_name, context)


def _rows(entries: list[Entry]) -> list[dict[str, Any]]:
    found = Proposal.objects.waiting().filter(entry__in=entries)
    waiting: dict[Any, set[str]] = {}
    for key, languages in found.values_list("entry", "languages"):
        waiting.setdefault(key, set()).update(languages.split(","))
    return [_row(entry, waiting.get(entry.pk, set())) for entry in entries]


def _row(entry: Entry, waiting: set[str]) -> dict[str, Any]:
    counts = {count.language: count for count in entry.translations.all()}
    return {
        "entry": entry,
        "kind": capfirst(str(kind_of(entry)._meta.verbose_name)),
        "desk": desk_address(entry),
        "cells": [
            (language, OWN_NAMES[language], counts.get(language), language in waiting)
            for language in PAGE_LANGUAGES
        ],
    }


def _sums() -> list[dict[str, Any]]:
    """For each language, the numbers of texts and words of all public entries."""
    counts = Translation.objects.filter(entry__in=Entry.objects.published())
    summed = counts.values("language").annotate(**{name: Sum(name) for name in COUNTED})
    sums = {row["language"]: row for row in summed}
    return [{**sums[code], "name": OWN_NAMES[code]} for code in PAGE_LANGUAGES if code in sums]


class TranslationDesk(View):
    """The texts of one entry, each with its source and an input for its translation."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "admin/publishing/translations/desk.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 unless the person may change this kind of entry."""
        self.language = kwargs["language"]
        if self.language not in PAGE_LANGUAGES:
            raise Http404
        self.entry = get_object_or_404(Entry, pk=kwargs["key"])
        if rules.why_not_permitted(request.user, "change", kind_of(self.entry)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, key: uuid.UUID, language: str) -> HttpResponse:
        """The missing and stale texts; with ?all=1 every text."""
        if self.entry.is_retracted:
            raise Http404
        if (autosave := requested_autosave(request, self._form_key)) is not None:
            return self._page_with_autosave(autosave)
        base = self._revision(self.entry.revision)
        wordings = self._wordings(base)
        behind = [wording for wording in wordings if wording.translation_status != "done"]
        shown = wordings if "all" in request.GET else behind
        form = TranslationForm(wordings=shown, language=language, initial={"based_on": base.number})
        return self._page(form, total=len(wordings), behind=len(behind))

    def _page_with_autosave(self, autosave: FormAutosave) -> HttpResponse:
        """The form with what was typed, not saved yet."""
        data = as_form_data(autosave)
        base, wordings = self._sent_texts(data)
        sent = [wording for wording in wordings if f"text:{wording.path}" in data]
        form = TranslationForm(
            wordings=sent, language=self.language, initial={"based_on": base.number, **data.dict()}
        )
        behind = sum(wording.translation_status != "done" for wording in wordings)
        notice = _("This is what you had typed. It is not saved yet.")
        return self._page(form, notice=notice, total=len(wordings), behind=behind)

    def _sent_texts(self, data: QueryDict) -> tuple[Revision, list[Wording]]:
        """The revision that the sent form started from, and its texts."""
        number = parse_number(data.get("based_on", ""))
        base = self._revision(self.entry.revision if number is None else number)
        return base, self._wordings(base)

    def post(self, request: HttpRequest, key: uuid.UUID, language: str) -> HttpResponse:
        """Publish the new wordings and record the confirmed ones; after a refusal the form keeps all input.

        The form is also shown if the entry was retracted in the meantime.
        """
        base, wordings = self._sent_texts(request.POST)
        sent = [wording for wording in wordings if f"text:{wording.path}" in request.POST]
        form = TranslationForm(request.POST, wordings=sent, language=language)
        if form.is_valid():
            try:
                response = self._save(base, wordings, form)
                key_of_autosave = autosave_key(self._form_key, form.cleaned_data["form_token"])
                drafting.discard_autosave(self._form_key, key_of_autosave, by=request.user)
                return response
            except Refusal as refusal:
                form.add_error(None, refusal.message)
        behind = sum(wording.translation_status != "done" for wording in wordings)
        return self._page(form, total=len(wordings), behind=behind)

    def _save(self, base: Revision, wordings: list[Wording], form: TranslationForm) -> HttpResponse:
        snapshot = reworded(base.snapshot, self.language, form.changed) if form.changed else None
        provenance = {
            "note": form.cleaned_data["note"],
            "note_language": form.cleaned_data["note_language"],
            "change_class": form.change_class,
        }
        by = self.request.user
        try:
            proposal = translate(
                base, snapshot, by=by, language=self.language, still_right=form.still_right, **provenance
            )
        except Conflicted:
            mine = publishing.propose(snapshot, by=by, base=base, **provenance)  # type: ignore[arg-type]
            return redirect("admin:publishing_proposal_resolve", mine.pk)
        self._announce(proposal, len(form.still_right))
        sent = {*form.changed, *form.still_right}
        note_sent(self.request.GET, self.language, wordings, sent, by)
        forget_skipped(language=self.language, entry=self.entry, paths=sent)
        if address := back_to_queue(self.request.GET, self.language):
            return redirect(address)
        if proposal is not None and proposal.revision is None:
            return redirect("publishing:translations")
        return redirect("publishing:translation", self.entry.pk, self.language)

    def _announce(self, proposal: Proposal | None, confirmed: int) -> None:
        """Show the translator what was done, and write to the log of the admin what became public."""
        texts = []
        revision = proposal.revision if proposal else None
        if proposal is not None and revision is None:
            texts.append(
                _("Your translation of “%(title)s” waits for review. Readers see it once it is accepted.")
                % {"title": self.entry}
            )
        if revision is not None:
            texts.append(_("Published as revision %(number)d.") % {"number": revision.number})
        if confirmed:
            texts.append(_("Marked as still correct: %(count)d.") % {"count": confirmed})
        text = " ".join(texts)
        address = reverse("admin:publishing_proposal_change", args=[proposal.pk]) if proposal else ""
        link = (
            format_html(' <a href="{}">{}</a>', address, _("See the proposal"))
            if address and not revision
            else ""
        )
        messages.success(self.request, format_html("{}{}", text, link))
        if revision is None and not confirmed:
            return
        by: Any = self.request.user
        stored = kind_of(self.entry)._base_manager.get(pk=self.entry.pk)
        note = f"{self.language}: {revision.note if revision else text}"
        LogEntry.objects.log_actions(by.pk, [stored], CHANGE, change_message=note, single_object=True)

    @property
    def _form_key(self) -> str:
        return key_of_texts(self.entry, self.language)

    def _may_publish(self) -> bool:
        """Whether a translation by the person is published at once, and not submitted for review."""
        revision = self._revision(self.entry.revision)
        by: Any = self.request.user
        draft = Proposal(base=revision, kind=self.entry.kind, author=by)
        return rules.why_not_publish_oneself(draft, by) is None

    def _revision(self, number: int) -> Revision:
        return get_object_or_404(Revision.objects.select_related("entry"), entry=self.entry, number=number)

    def _wordings(self, base: Revision) -> list[Wording]:
        return side_by_side(base, TextAges.objects.get(entry=self.entry).ages, self.language)

    def _page(self, form: TranslationForm, *, notice: str = "", **counts: int) -> HttpResponse:
        is_sent = self.request.method == "POST" or bool(notice)
        waiting = waiting_translations(self.entry, self.language, self.request.user)
        form.waiting = waiting.texts
        context = {
            **admin.site.each_context(self.request),
            **counts,
            "notice": notice,
            "waiting": waiting.proposals,
            "form_key": self._form_key,
            "autosaves": [] if is_sent else autosaves_of(self._form_key, self.request.user),
            "is_unsaved": is_sent,
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
