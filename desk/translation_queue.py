"""The queue of the translation desk: one text after the other, with the terms of the glossary beside it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import View

from desk.addresses import desk_address
from desk.autosaves import (
    autosave_key,
    autosaves_of,
    form_token_of,
    key_of_texts,
    requested_autosave,
    typed_fields,
)
from desk.forms.translation import TranslationForm
from desk.hooks import TermBeside, terms_beside
from desk.next_text import (
    AFTER,
    AROUND,
    KIND,
    QUEUE,
    NextText,
    QueuePosition,
    find_next,
    queue_address,
    sums,
    text_at,
)
from desk.translators_day import day_of
from publishing import rules
from publishing.actions import drafting
from publishing.actions.translators import skip_text
from publishing.languages import OWN_NAMES, PAGE_LANGUAGES
from publishing.models import Proposal
from publishing.models.entry import kind_choices, kinds
from publishing.vocabulary import PageLanguage


class TranslationQueue(View):
    """The next text to translate into a language; its form is sent as that of all the entry's texts."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "admin/publishing/translations/next.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 unless the person may change some kind of entry."""
        if kwargs["language"] not in PAGE_LANGUAGES:
            raise Http404
        if rules.why_not_read_history(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, language: str) -> HttpResponse:
        """The text after the one that was left behind, or where to look further, or the end.

        What was typed of it is shown among the texts of its entry, which lead back to the queue.
        """
        asked_kind, asked_after = request.GET.get(KIND, ""), request.GET.get(AFTER, "")
        kind = asked_kind if asked_kind in kinds() else ""
        after = QueuePosition.parse(asked_after)
        is_around = request.GET.get(AROUND) == "1"
        result = find_next(language, kind, after, request.user, is_around=is_around)
        text = self._text(result.text, language, kind) if result.text else {}
        if text and (autosave := requested_autosave(request, text["form_key"])) is not None:
            token = f"&form={autosave.token}" if autosave.token else ""
            return redirect(f"{text['action']}&typed=1{token}")
        context = {
            **admin.site.each_context(request),
            "title": _("Translate into %(language)s: the next text")
            % {"language": PageLanguage(language).label},
            "language": language,
            "languages": [(code, OWN_NAMES[code], queue_address(code, kind)) for code in PAGE_LANGUAGES],
            "kinds": kind_choices(),
            "kind": kind,
            "not_understood": _not_understood(request, kind, after, is_around=is_around),
            "sums": sums(language, kind),
            "day": day_of(request.user, language),
            "further": result.further,
            "is_begun": after is not None,
            "is_skipped": result.is_skipped,
            **text,
        }
        return TemplateResponse(request, self.template_name, context)

    def post(self, request: HttpRequest, language: str) -> HttpResponse:
        """Skip the text that the address names, keep what was typed of it, and show the next."""
        position = QueuePosition.parse(request.GET.get(AFTER, ""))
        text = text_at(position, language, request.user) if position is not None else None
        if text is not None:
            skip_text(by=request.user, language=language, entry=text.entry, path=text.wording.path)
            typed = request.POST.get(f"text:{text.wording.path}", "").replace("\r\n", "\n")
            if typed.strip() and typed != text.wording.wording:
                kept = autosave_key(key_of_texts(text.entry, language), form_token_of(request))
                drafting.autosave_form(kept, typed_fields(request.POST.lists()), by=request.user)
        return redirect(request.get_full_path())

    def _text(self, text: NextText, language: str, kind: str) -> dict[str, Any]:
        next_address = queue_address(language, kind, text.position)
        texts = reverse("publishing:translation", args=[text.entry.pk, language])
        form_key = key_of_texts(text.entry, language)
        return {
            "text": text,
            "form": self._form(text, language),
            "action": f"{texts}?{QUEUE}=1&{next_address.partition('?')[2]}",
            "texts": texts,
            "skip": next_address,
            "kind_name": capfirst(str(kinds()[text.entry.kind]._meta.verbose_name)),
            "desk": desk_address(text.entry),
            "form_key": form_key,
            "autosaves": autosaves_of(form_key, self.request.user),
            "terms": _terms(text.wording.source, text.wording.source_language, language),
            "may_publish": self._may_publish(text),
        }

    def _form(self, text: NextText, language: str) -> TranslationForm:
        field = f"{text.wording.group}: {text.wording.label}" if text.wording.group else text.wording.label
        values = {"field": field, "language": PageLanguage(language).label}
        note = _("%(field)s: translated into %(language)s.") % values
        return TranslationForm(
            wordings=[text.wording], language=language, initial={"based_on": text.base.number, "note": note}
        )

    def _may_publish(self, text: NextText) -> bool:
        by: Any = self.request.user
        draft = Proposal(base=text.base, kind=text.entry.kind, author=by)
        return rules.why_not_publish_oneself(draft, by) is None


def _terms(source: str, source_language: str, language: str) -> list[TermBeside]:
    return [term for find in terms_beside for term in find(source, source_language, language)]


def _not_understood(
    request: HttpRequest, kind: str, after: QueuePosition | None, *, is_around: bool
) -> list[str]:
    """What the address asks that the queue does not know."""
    read = {KIND: kind, AFTER: str(after) if after else "", AROUND: "1" if is_around else ""}
    return [
        f"{name}={value}"[:100]
        for name, values in request.GET.lists()
        for value in values
        if value and (name not in read or value != read[name] or len(values) > 1)
    ]
