"""The preview beside an entry's form: the page as what was typed would make it, saved or not."""

from typing import Any

from csp.decorators import csp_replace, csp_update
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from desk.addresses import parse_uuid
from desk.autosaves import ADD, as_form_data, autosaves_of, split_autosave_key
from desk.edit_session import EditSession
from desk.form_errors import FormMistake
from desk.rehearsing import FormRequest
from desk.saving import SavingAdmin
from publishing.languages import OWN_NAMES, PAGE_LANGUAGES
from publishing.models import Entry, FormAutosave, Proposal
from publishing.previews import merged_snapshot, render_page
from publishing.requests import replayed
from publishing.snapshots import Snapshot

IN_OUR_FRAME = {"frame-ancestors": ["'self'"]}
MAY_FRAME_US = {"frame-src": ["'self'"]}
# The address of a page that has none yet; it is never stored.
ADDRESS_OF_PREVIEW = "preview"


class NotShown(Exception):
    """What was typed makes no page yet; mistakes: what is against it."""

    def __init__(self, why: str, mistakes: list[FormMistake] | None = None) -> None:
        super().__init__(why)
        self.why, self.mistakes = why, mistakes or []


class PreviewedAdmin(SavingAdmin):
    """A form of an entry with its page beside it."""

    def get_urls(self) -> list:
        """Also the page beside the form, in each language."""
        view = self.admin_site.admin_view(self.beside_view)
        route = "beside/<str:key>/<slug:language>/"
        return [path(route, view, name=self._beside_page), *super().get_urls()]

    @property
    def _beside_page(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_beside"

    @method_decorator(csp_update(MAY_FRAME_US))
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form, which may show pages of our own in a frame."""
        return super().changeform_view(request, *args, **kwargs)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """The form with the addresses of the page beside it; the script adds the token of the opened form."""
        form_key = context["session"].form_key
        context["beside"] = [
            (code, OWN_NAMES[code], reverse(f"admin:{self._beside_page}", args=[form_key, code]))
            for code in PAGE_LANGUAGES
        ]
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(require_safe)
    @method_decorator(csp_replace(IN_OUR_FRAME))
    @method_decorator(xframe_options_sameorigin)
    def beside_view(self, request: HttpRequest, key: str, language: str) -> HttpResponseBase:
        """The page of the entry in the language, as the opened form would make it."""
        form_key, token = split_autosave_key(key)
        if not form_key or language not in PAGE_LANGUAGES:
            raise Http404
        found = autosaves_of(form_key, request.user) if token else []
        autosave = next((one for one in found if one.token == token), None)
        form_request = self._opened(request, form_key, autosave)
        try:
            response = self._page_of(form_request, language, is_typed=autosave is not None)
        except NotShown as problem:
            response = _page_of_mistakes(request, problem)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _opened(self, request: HttpRequest, form_key: str, autosave: FormAutosave | None) -> FormRequest:
        """The opened form, as if what was typed had been sent; 403 or 404 for those who may not open it."""
        key, query = parse_uuid(form_key), QueryDict(mutable=True)
        draft = Proposal.objects.filter(pk=key, kind=self.opts.model_name).first() if key else None
        object_id = None if key is None else str(key)
        if draft is not None:
            query["proposal"] = str(draft.pk)
            object_id = str(draft.wanted["id"]) if draft.base_id else None
        elif key is None and form_key != f"{ADD}:{self.opts.model_name}":
            raise Http404
        is_new = object_id is None
        if not (self.has_add_permission(request) if is_new else self.has_view_or_change_permission(request)):
            raise PermissionDenied
        data = None
        if autosave is not None:
            data = as_form_data(autosave)
            # As a draft, which may still lack what only a published page needs.
            data["_draft"] = "1"
        return self._form_request(replayed(request, query=query, data=data), object_id, "")

    def _page_of(self, form_request: FormRequest, language: str, *, is_typed: bool) -> HttpResponse:
        session = form_request.session
        snapshot = self._typed(form_request) if is_typed else _saved(session)
        if not snapshot["fields"]["slug"]:
            snapshot = {**snapshot, "fields": {**snapshot["fields"], "slug": ADDRESS_OF_PREVIEW}}
        attributes = {"is_preview": True, "preview_token": "", "review_address": "", "in_languages": {}}
        shown = replayed(form_request.request, query=QueryDict())
        try:
            with override(language):
                return render_page(snapshot, shown, language, request_attributes=attributes)
        except Http404 as error:
            raise NotShown(
                _("There is no page of it yet: its address is missing, or another entry has it.")
            ) from error

    def _typed(self, form_request: FormRequest) -> Snapshot:
        """What the opened form would save."""
        outcome = self.rehearse(form_request)
        if outcome.submission is not None:
            return outcome.submission.snapshot
        context = getattr(outcome.response, "context_data", None) or {}
        raise NotShown(_("The page is shown once this is corrected:"), context.get("mistakes"))


def _saved(session: EditSession) -> Snapshot:
    """What the form was opened on, where nothing was typed since."""
    if session.draft is not None:
        return merged_snapshot(session.draft)
    if session.base is None:
        raise NotShown(_("Nothing is typed yet."))
    if Entry.objects.get(pk=session.base.entry_id).is_retracted:
        raise Http404
    return session.base.snapshot


def _page_of_mistakes(request: HttpRequest, problem: NotShown) -> HttpResponse:
    context = {"why": problem.why, "mistakes": problem.mistakes}
    return TemplateResponse(request, "admin/publishing/entry/not_shown.html", context)
